package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class NodeListCommandTest {
    @TempDir
    private Path root;

    private void file(String path, String content) throws IOException {
        CapturedMachine.file(root, path, content);
    }

    @BeforeEach
    void plant() throws IOException {
        CapturedMachine.plant(root);
    }

    private CommandRun run(NodeListCommand command, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(command)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(Failures::handleFailure);
        String[] all = new String[arguments.length + 2];
        all[0] = "--sysfs";
        all[1] = root.toString();
        System.arraycopy(arguments, 0, all, 2, arguments.length);
        int status = line.execute(all);
        return new CommandRun(status, out.toString(), err.toString());
    }

    private CommandRun hbw(Map<String, String> environment, String... arguments) {
        return run(new HbwNodesCommand(environment), arguments);
    }

    private CommandRun dax(Map<String, String> environment, String... arguments) {
        return run(new DaxKmemNodesCommand(environment), arguments);
    }

    private static void assertNothing(CommandRun run) {
        assertThat(run.out()).isEmpty();
    }

    @Test
    void listsTheFastNodes() {
        assertThat(hbw(Map.of()).done().out()).isEqualTo("2,3\n");
        assertThat(hbw(Map.of(), "--json").done().out()).isEqualTo("[2,3]\n");
        assertThat(hbw(Map.of("MEMKIND_HBW_THRESHOLD", "1")).done().out()).isEqualTo("0,1,2,3\n");
        assertThat(hbw(Map.of("MEMKIND_HBW_NODES", "3")).done().out()).isEqualTo("3\n");
    }

    @Test
    void noFastNodesAreAFailure() {
        assertNothing(hbw(Map.of("MEMKIND_HBW_THRESHOLD", "204801"))
                .failed(
                        1,
                        "no node reaches 204801 MiB/s from node 0: node 0 has 111000 MiB/s and node 2 has 204800 MiB/s;"
                                + " remedy: lower MEMKIND_HBW_THRESHOLD to 204800 or less"));
        assertNothing(hbw(Map.of("MEMKIND_HBW_NODES", "")).failed(1, "MEMKIND_HBW_NODES is empty"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "x", "9"})
    void aWrongVariableIsAFailure(String value) {
        assertNothing(hbw(Map.of("MEMKIND_HBW_NODES", value)).failed(1, "MEMKIND_HBW_NODES='" + value + "'"));
        assertNothing(dax(Map.of("MEMKIND_DAX_KMEM_NODES", value)).failed(3, "MEMKIND_DAX_KMEM_NODES='" + value + "'"));
    }

    @Test
    void listsTheNodesOfDaxDevices() throws IOException {
        assertNothing(dax(Map.of()).failed(3, "there is no DAX device in /sys/bus/dax/devices; remedy: "));
        assertThat(dax(Map.of("MEMKIND_DAX_KMEM_NODES", "2-3")).done().out()).isEqualTo("2,3\n");
        file("sys/bus/dax/devices/dax0.0/target_node", "3");
        file("sys/bus/dax/devices/dax0.0/size", "1073741824");
        assertNothing(dax(Map.of()).failed(3, "dax0.0 is not in system-ram mode", "daxctl reconfigure-device"));
        file("sys/bus/dax/drivers/kmem/dax0.0/target_node", "3");
        assertThat(dax(Map.of(), "--json").done().out()).isEqualTo("[3]\n");
    }

    @Test
    void ofThisMachineEitherSucceedOrTellWhy() {
        for (String command : new String[] {"hbw-nodes", "dax-kmem-nodes"}) {
            CommandRun run = CommandRun.of(command);
            if (run.status() == 0) {
                assertThat(run.done().out()).matches("\\d+(,\\d+)*\n");
            } else {
                assertNothing(run.failed(command.equals("hbw-nodes") ? 1 : 3, "; remedy: "));
            }
        }
    }

    @Test
    void wrongUsageAndWrongDirectories() {
        CommandRun.of("hbw-nodes", "x").failed(2, "memkind hbw-nodes --help");
        CommandRun.of("dax-kmem-nodes", "--nothing").failed(2, "memkind dax-kmem-nodes --help");
        CommandRun.of("hbw-nodes", "--sysfs", "/nowhere").failed(1, "/nowhere: no such directory");
        CommandRun.of("dax-kmem-nodes", "--sysfs", "/nowhere").failed(3, "/nowhere: no such directory");
    }

    @Test
    void variablesOfOtherNodesAreNotRead() {
        Map<String, String> environment =
                Map.of("MEMKIND_DAX_KMEM_NODES", "-1", "MEMKIND_HBW_NODES", "2", "MEMKIND_HBW_THRESHOLD", "many");
        assertThat(hbw(environment).done().out()).isEqualTo("2\n");
        assertThat(dax(Map.of("MEMKIND_HBW_NODES", "x", "MEMKIND_DAX_KMEM_NODES", "3"))
                        .done()
                        .out())
                .isEqualTo("3\n");
    }
}
