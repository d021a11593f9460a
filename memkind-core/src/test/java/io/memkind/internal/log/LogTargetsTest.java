package io.memkind.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.System.Logger.Level;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogTargetsTest {
    @TempDir
    private Path directory;

    private final List<String> standardError = new CopyOnWriteArrayList<>();

    private LogTargets targets(String... settings) {
        Map<String, String> map = settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]);
        return LogTargets.of(map, standardError::add);
    }

    @Test
    void nothingIsSaidUnasked() {
        LogTargets targets = targets();
        assertThat(targets.debug()).isFalse();
        assertThat(targets.hasFile()).isFalse();
        targets.write(Level.DEBUG, "unheard", null);
        assertThat(standardError).isEmpty();
    }

    @Test
    void debugGoesToStandardError() {
        LogTargets targets = targets("MEMKIND_DEBUG", "1");
        targets.write(Level.DEBUG, "Initializing kind {0}", null);
        targets.write(Level.DEBUG, "failed", new IOException("why"));

        assertThat(standardError)
                .containsExactly(
                        "MEMKIND_INFO: Initializing kind {0}", "MEMKIND_INFO: failed: java.io.IOException: why");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "2", "yes", "-1", "1x", "99999999999999999999"})
    void aBadDebugValueIsOneWarning(String value) {
        LogTargets targets = targets("MEMKIND_DEBUG", value);
        targets.write(Level.DEBUG, "unheard", null);

        assertThat(targets.debug()).isFalse();
        assertThat(standardError)
                .containsExactly("MEMKIND_WARNING: MEMKIND_DEBUG='" + value
                        + "' is not understood: set it to 1 for yes or 0 for no");
    }

    @Test
    void theFileIsTheOwnersAndHasThePid() throws IOException {
        LogTargets targets = targets("io.memkind.logFile", directory + "/log-%p.txt");
        assertThat(targets.hasFile()).isTrue();
        targets.write(Level.DEBUG, "two\nlines", null);
        targets.write(Level.WARNING, "failed", new IOException("why"));
        long pid = ProcessHandle.current().pid();
        Path file = directory.resolve("log-" + pid + ".txt");

        List<String> lines = Files.readAllLines(file);
        String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3})?Z ";
        assertThat(lines.get(0)).matches(time + "DEBUG \\[" + pid + "\\] two\\?lines");
        assertThat(lines.get(1)).matches(time + "WARNING \\[" + pid + "\\] failed");
        assertThat(lines.get(2)).isEqualTo("java.io.IOException: why");
        assertThat(lines.get(3)).startsWith("\tat ");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(standardError).isEmpty();
    }

    @Test
    void theFileIsAppendedTo() throws Exception {
        Path file = Files.writeString(directory.resolve("log"), "before\n");
        List<LogTargets> writers =
                List.of(targets("MEMKIND_LOG_FILE", file.toString()), targets("MEMKIND_LOG_FILE", file.toString()));
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            LogTargets targets = writers.get(i % 2);
            threads.add(Thread.ofPlatform()
                    .start(() -> IntStream.range(0, 200)
                            .forEach(n -> targets.write(Level.DEBUG, "line " + "x".repeat(n) + " end", null))));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        List<String> lines = Files.readAllLines(file);
        assertThat(lines).hasSize(801).startsWith("before");
        assertThat(lines.subList(1, 801)).allMatch(line -> line.matches(".* DEBUG \\[\\d+\\] line x* end"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/nowhere/log", "", " ", "/", "/proc/self/nothing"})
    void aFileThatCannotBeWrittenIsOneWarning(String name) {
        LogTargets targets = targets("MEMKIND_LOG_FILE", name);
        targets.write(Level.DEBUG, "unheard", null);

        assertThat(targets.hasFile()).isFalse();
        assertThat(standardError)
                .singleElement()
                .asString()
                .startsWith("MEMKIND_WARNING: MEMKIND_LOG_FILE='" + name + "'")
                .contains("set it to a path, in which %p stands for the process id");
    }

    @Test
    void aFullFileSystemIsOneWarning() {
        LogTargets targets = targets("MEMKIND_LOG_FILE", "/dev/full");
        assertThat(targets.hasFile()).isTrue();
        targets.write(Level.DEBUG, "first", null);
        targets.write(Level.DEBUG, "second", null);

        assertThat(targets.hasFile()).isFalse();
        assertThat(standardError)
                .singleElement()
                .asString()
                .startsWith("MEMKIND_WARNING: /dev/full is no longer written: ");
    }
}
