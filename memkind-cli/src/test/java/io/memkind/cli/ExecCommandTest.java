package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** In a JVM of its own, which the program replaces. */
final class ExecCommandTest {
    private static CommandRun exec(String... arguments) throws IOException, InterruptedException {
        return run(java(arguments));
    }

    private static List<String> withFirst(List<String> command, String... first) {
        List<String> words = new ArrayList<>(List.of(first));
        words.addAll(command);
        return words;
    }

    private static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:-UsePerfData",
                "-XX:-MaxFDLimit",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName(),
                "exec"));
        command.addAll(List.of(arguments));
        return command;
    }

    /* The words of the command, behind a shell's. */
    private static CommandRun shell(String script, List<String> command) throws IOException, InterruptedException {
        List<String> words = new ArrayList<>(List.of("sh", "-c", script, "sh"));
        words.addAll(command);
        return run(words);
    }

    private static CommandRun run(List<String> command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).start();
        process.getOutputStream().close();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        return new CommandRun(process.waitFor(), out, err);
    }

    @Test
    void theProgramsMemoryIsUnderThePolicyOfTheKind() throws Exception {
        assertThat(exec("--kind", "interleave", "--", "cat", "/proc/self/numa_maps")
                        .done()
                        .out())
                .contains(" interleave:");
        assertThat(exec("--kind", "memkind_regular", "--", "cat", "/proc/self/numa_maps")
                        .done()
                        .out())
                .contains(" bind:");
        assertThat(exec("--kind", "default", "--", "cat", "/proc/self/numa_maps")
                        .done()
                        .out())
                .contains(" default ")
                .doesNotContain(" bind:");
    }

    @Test
    void transparentHugePagesAreOffWhereTheKindRefusesThem() throws Exception {
        assertThat(exec("--kind", "interleave", "cat", "/proc/self/status")
                        .done()
                        .out())
                .containsPattern("THP_enabled:\\s+0");
        assertThat(exec("--kind", "regular", "cat", "/proc/self/status").done().out())
                .containsPattern("THP_enabled:\\s+1");
    }

    @Test
    void theProgramInheritsNothingElseOfTheJvm() throws Exception {
        assertThat(exec("--kind", "default", "--", "grep", "SigBlk", "/proc/self/status")
                        .done()
                        .out())
                .isEqualTo("SigBlk:\t0000000000000000\n");
        assertThat(exec("--kind", "default", "--", "ls", "-l", "/proc/self/fd")
                        .done()
                        .out())
                .contains(" 0 -> ")
                .doesNotContain(".jar")
                .doesNotContain("/lib/modules");
    }

    @Test
    void whatTheJvmInheritedTheProgramInherits() throws Exception {
        assertThat(run(withFirst(
                                java("--kind", "default", "--", "grep", "SigBlk", "/proc/self/status"),
                                "env",
                                "--block-signal=USR1"))
                        .done()
                        .out())
                .isEqualTo("SigBlk:\t0000000000000200\n");
        Path file = Files.createTempDirectory("memkind-exec").resolve("inherited");
        assertThat(shell(
                                "ulimit -Sn 200; exec 9>" + file + "; \"$@\"",
                                java("--kind", "default", "--", "sh", "-c", "ulimit -Sn; echo open >&9"))
                        .done()
                        .out())
                .isEqualTo("200\n");
        assertThat(file).content().isEqualTo("open\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"C", "C.UTF-8", "POSIX"})
    void argumentsArePassedOnByteForByte(String locale) throws Exception {
        assertThat(shell(
                                "LC_ALL=" + locale + " \"$@\" \"$(printf 'a\\303\\251\\377')\"",
                                java("--kind", "default", "--", "sh", "-c", "printf %s \"$1\" | od -An -tx1", "sh"))
                        .done()
                        .out())
                .isEqualTo(" 61 c3 a9 ff\n");
    }

    @Test
    void argumentsAndExitStatusAreTheProgramsOwn() throws Exception {
        CommandRun run = exec("--kind", "default", "--", "sh", "-c", "echo \"$1 $2\"; exit 7", "sh", "a  b", "--json");
        assertThat(run.out()).isEqualTo("a  b --json\n");
        assertThat(run.status()).isEqualTo(7);
    }

    @Test
    void whatCannotBeRunIsOneLine() throws Exception {
        exec("--kind", "default", "--", "no-such-program").failed(1, "no-such-program cannot be started: ENOENT");
        exec("--kind", "default", "--", "/etc/passwd").failed(1, "/etc/passwd cannot be started: EACCES");
        exec("--kind", "nothing", "--", "true").failed(2, "unknown kind 'nothing'");
        exec("--kind", "hugetlb", "--", "true").failed(2, "memkind_hugetlb is not made of base pages");
        exec("--kind", "default").failed(2, "COMMAND");
        exec("true").failed(2, "--kind");
    }
}
