package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** File kinds in processes that have less: a file size limit, few descriptors, another user's rights. */
class ChildProcessTest {
    private static Optional<Path> tool(String name) {
        for (String directory : List.of("/usr/bin", "/bin", "/usr/sbin", "/sbin")) {
            if (Files.isExecutable(Path.of(directory, name))) {
                return Optional.of(Path.of(directory, name));
            }
        }
        String reason = "Skipped: there is no program " + name;
        System.out.println(reason);
        return Optional.empty();
    }

    private static String run(List<String> before, Path directory) throws IOException, InterruptedException {
        return run(before, FileSizeLimitProgram.class, directory);
    }

    private static String run(List<String> before, Class<?> program, Path directory)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m",
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                program.getName(),
                directory.toString()));
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void aFileSizeLimitSpreadsTheKindOverFilesAndRefusesWhatNoneCanHold() throws Exception {
        Optional<Path> prlimit = tool("prlimit");
        Assumptions.assumeTrue(prlimit.isPresent(), "no prlimit");
        String output =
                run(List.of(prlimit.orElseThrow().toString(), "--fsize=" + (20L << 20)), TestDirectories.inMemory());
        assertThat(output)
                .startsWith("40 blocks: ")
                .contains("EFBIG (file too large)", TestDirectories.inMemory().toString(), "33554432 bytes");
    }

    @Test
    void aFileSizeLimitOfNothingRefusesTheKind() throws Exception {
        Optional<Path> prlimit = tool("prlimit");
        Assumptions.assumeTrue(prlimit.isPresent(), "no prlimit");
        String output = run(List.of(prlimit.orElseThrow().toString(), "--fsize=0"), TestDirectories.inMemory());
        assertThat(output).startsWith("refused: ").contains("EFBIG", "ftruncate", "ulimit -f");
    }

    @Test
    void noMoreDescriptorsRefuseAKindAndHarmNoOther() throws Exception {
        Optional<Path> prlimit = tool("prlimit");
        Assumptions.assumeTrue(prlimit.isPresent(), "no prlimit");
        String output = run(
                List.of(prlimit.orElseThrow().toString(), "--nofile=200:200"),
                DescriptorLimitProgram.class,
                TestDirectories.inMemory());
        assertThat(output)
                .matches("(?s).*\\b(1\\d\\d) kinds, then \\1: .*")
                .contains("EMFILE (the process has too many open files)", "raise the limit", "ulimit -n")
                .doesNotContain("Give an existing directory");
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws Exception {
        Optional<Path> setpriv = tool("setpriv");
        boolean isRoot = System.getProperty("user.name").equals("root");
        if (!isRoot) {
            System.out.println("Skipped: only root can start a process of another user");
        }
        Assumptions.assumeTrue(setpriv.isPresent() && isRoot, "cannot start a process of another user");
        Path shared = Files.createTempDirectory(
                TestDirectories.inMemory(),
                "memkind-test",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        try {
            String output = run(
                    List.of(setpriv.orElseThrow().toString(), "--bounding-set=-all", "--inh-caps=-all", "--"), shared);
            Files.setPosixFilePermissions(shared, PosixFilePermissions.fromString("r-x------"));
            String refused = run(
                    List.of(setpriv.orElseThrow().toString(), "--bounding-set=-all", "--inh-caps=-all", "--"), shared);
            assertThat(output).startsWith("40 blocks: no failure");
            assertThat(refused).startsWith("refused: ").contains("EACCES (permission denied)", shared.toString());
        } finally {
            Files.delete(shared);
        }
    }
}
