package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is refused before a program is started; that programs run is tested beside the agent. */
class RunCommandTest {
    private static void refused(String part, String... options) {
        String[] arguments = new String[options.length + 3];
        arguments[0] = "run";
        System.arraycopy(options, 0, arguments, 1, options.length);
        arguments[options.length + 1] = "--";
        arguments[options.length + 2] = "no-such-program";
        CommandRun.of(arguments).failed(2, part);
    }

    @Test
    void wrongOptionsAreOneLine() {
        refused("unknown kind 'nothing'", "--kind", "nothing");
        refused("'1x' is not a size", "--kind", "default", "--size", "1x..");
        refused("--size goes with --kind", "--size", "1..2");
        refused("give one of --kind", "--kind", "default", "--policy", "x");
        refused("give one of --kind", "--tiers", "x", "-r", "1:2");
        refused("MEMKIND_MEM_TIERS: ", "--tiers", "KIND:DRAM");
        refused("/no/such/file cannot be read", "--policy", "/no/such/file");
        refused("a comma", "--kind", "default", "--live", "/tmp/a,b");
        refused("--interval goes with --live", "--kind", "default", "--interval", "1K");
        refused("takes fall-back or throw, not 'x'", "--kind", "default", "--on-failure", "x");
        refused("the ratio '1:2:3' is not understood", "-r", "1:2:3");
        refused("the ratio 0:0 leaves no memory", "--ratio", "0:0");
        refused("-t needs both", "-r", "1:0", "-t", "INIT_VAL:64");
        refused("MEMKIND_MEM_THRESHOLDS: ", "-r", "1:2", "-t", "INIT_VAL=64");
        CommandRun.of("run", "--kind", "default").failed(2, "COMMAND");
    }

    @Test
    void aPolicyIsReadBeforeTheProgramStarts(@TempDir Path directory) throws Exception {
        Path policy = Files.writeString(directory.resolve("p"), "otherwise use nothing\n");

        refused(policy + ":1: there is no target 'nothing'", "--policy", policy.toString());
    }

    @Test
    void aProgramThatIsNotThereIsOneLine(@TempDir Path directory) throws Exception {
        Path jar = Files.createFile(directory.resolve("agent.jar"));
        System.setProperty("memkind.agent.jar", jar.toString());
        try {
            CommandRun.of("run", "--kind", "default", "--", "no-such-program")
                    .failed(1, "no-such-program cannot be started");
        } finally {
            System.clearProperty("memkind.agent.jar");
        }
        assertThat(jar).exists();
    }
}
