package io.memkind.agent.it;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.VirtualMachine;
import io.memkind.agent.it.program.Churner;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.management.MBeanServerConnection;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.remote.JMXConnector;
import javax.management.remote.JMXConnectorFactory;
import javax.management.remote.JMXServiceURL;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blocks from before the agent are freed after it, and the other way round, while the agent comes and goes. */
class AttachTest {
    @TempDir
    private Path directory;

    private static final class Program implements AutoCloseable {
        final Process process;
        final BufferedReader out;
        final OutputStream in;

        Program(AgentRun run) {
            process = run.start();
            out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            in = process.getOutputStream();
        }

        String round() throws IOException {
            in.write('\n');
            in.flush();
            return out.readLine();
        }

        void load(String options) throws Exception {
            VirtualMachine machine = VirtualMachine.attach(Long.toString(process.pid()));
            try {
                machine.loadAgent(AgentRun.AGENT.toString(), options);
            } finally {
                machine.detach();
            }
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    private static AgentRun churner() {
        return AgentRun.of(Churner.class)
                .jvm("-XX:+EnableDynamicAgentLoading", "--sun-misc-unsafe-memory-access=allow");
    }

    private Path policy() throws IOException {
        return Files.writeString(directory.resolve("policy"), "file shm = /dev/shm\notherwise use shm\n");
    }

    @Test
    void attachedAtRunTimeAndSwitchedOffAndOn() throws Exception {
        Path summary = directory.resolve("summary");
        try (Program program = new Program(churner())) {
            assertThat(program.out.readLine()).isEqualTo("ready");
            assertThat(program.round()).isEqualTo("freed 0 of 20 in file; new one false");

            program.load("policy=" + policy());
            assertThat(program.round()).isEqualTo("freed 0 of 20 in file; new one true");
            assertThat(program.round()).isEqualTo("freed 20 of 20 in file; new one true");

            program.load("disable");
            assertThat(program.round()).isEqualTo("freed 20 of 20 in file; new one false");
            assertThat(program.round()).isEqualTo("freed 0 of 20 in file; new one false");

            program.load("enable");
            assertThat(program.round()).endsWith("new one true");
            program.load("summary=" + summary);
            assertThatThrownBy(() -> program.load("kind=default")).isInstanceOf(AgentInitializationException.class);
            assertThat(program.round()).startsWith("freed 20 of 20 in file");

            program.in.close();
            assertThat(program.out.readLine()).isEqualTo("end");
            assertThat(program.process.waitFor()).isZero();
        }
        assertThat(Files.readString(summary)).contains("shm: ").doesNotContain("refused");
    }

    @Test
    @SuppressWarnings("BanJNDI") // of a JVM that the test has started
    void isSeenAndSwitchedByJmx() throws Exception {
        try (Program program = new Program(churner().agent("policy=" + policy()))) {
            assertThat(program.out.readLine()).isEqualTo("ready");
            VirtualMachine machine = VirtualMachine.attach(Long.toString(program.process.pid()));
            String url = machine.startLocalManagementAgent();
            machine.detach();
            try (JMXConnector connector = JMXConnectorFactory.connect(new JMXServiceURL(url))) {
                MBeanServerConnection server = connector.getMBeanServerConnection();
                ObjectName name = new ObjectName("io.memkind:type=Agent");
                for (int wait = 0; wait < 200 && !server.isRegistered(name); wait++) {
                    Thread.sleep(100);
                }
                assertThat(server.getAttribute(name, "Enabled")).isEqualTo(true);
                assertThat((double) server.getAttribute(name, "RedirectedShare"))
                        .isGreaterThan(0.99);
                CompositeData[] targets = (CompositeData[]) server.getAttribute(name, "Targets");
                assertThat(targets).extracting(target -> target.get("name")).containsExactly("shm", "jvm");
                assertThat((long) targets[0].get("liveBytes")).isGreaterThan(1 << 20);

                server.setAttribute(name, new javax.management.Attribute("Enabled", false));
                assertThat(program.round()).isEqualTo("freed 20 of 20 in file; new one false");
            }
        }
    }

    /* Another agent that has Unsafe transformed anew must not take the hooks away. */
    @Test
    void survivesAnotherAgent() throws Exception {
        Path other = OtherAgent.jar(directory.resolve("other.jar"));
        AgentRun.Result result = churner()
                .agent("summary,policy=" + policy())
                .jvm("-javaagent:" + other)
                .run("\n\n")
                .done();

        assertThat(result.out()).isEqualTo("ready\n" + "freed 20 of 20 in file; new one true\n".repeat(2) + "end\n");
        assertThat(result.err()).startsWith("other agent: retransformed\nmemkind: ");
        assertThat(result.redirectedPercent()).isEqualTo(100);
    }
}
