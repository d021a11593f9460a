package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Programs that do not start; those that do are tested by the command line. */
final class NativeProgramTest {
    private static final List<String> NO_PROGRAM = List.of("/no/such/program");

    private static List<String> state() throws IOException {
        List<String> lines = Files.readAllLines(Path.of("/proc/thread-self/status"));
        return lines.stream()
                .filter(line -> line.startsWith("SigBlk") || line.startsWith("THP_enabled"))
                .toList();
    }

    private static String openFiles() throws IOException {
        StringBuilder flags = new StringBuilder();
        try (var files = Files.list(Path.of("/proc/self/fd"))) {
            for (Path file : files.sorted().toList()) {
                Path info = Path.of("/proc/self/fdinfo", file.getFileName().toString());
                if (Files.isReadable(info)
                        && Files.readSymbolicLink(file).toString().endsWith(".jar")) {
                    flags.append(Files.readAllLines(info).get(1)).append(' ');
                }
            }
        }
        return flags.toString();
    }

    @Test
    void afterAFailureTheProcessIsAsBefore() throws IOException {
        List<String> before = state();
        String filesBefore = openFiles();
        for (MemoryKind kind : List.of(Kinds.INTERLEAVE, Kinds.REGULAR, Kinds.DEFAULT)) {
            assertThatExceptionOfType(IOException.class)
                    .isThrownBy(() -> NativeProgram.exec(kind, NO_PROGRAM))
                    .withMessage("/no/such/program cannot be started: ENOENT (no such file, node or process)");
        }
        assertThat(state()).hasSize(2).isEqualTo(before);
        assertThat(openFiles()).isNotEmpty().isEqualTo(filesBefore);
    }

    @Test
    void anInterruptedCallerStaysInterrupted() {
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> NativeProgram.exec(Kinds.DEFAULT, NO_PROGRAM));
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void badCommandsAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> NativeProgram.exec(Kinds.DEFAULT, List.of()));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NativeProgram.exec(Kinds.DEFAULT, List.of("a\0b")))
                .withMessageContaining("'a?b' has a NUL");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> NativeProgram.exec(Kinds.HUGETLB, NO_PROGRAM))
                .withMessageContaining("not made of base pages");
    }
}
