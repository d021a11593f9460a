package io.memkind.cli.stats;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ProcessLifeTest {
    @TempDir
    private Path proc;

    private boolean ends(String stat) throws IOException {
        Path directory = proc.resolve("7");
        Files.createDirectories(directory);
        Files.writeString(directory.resolve("stat"), stat);
        return ProcessLife.endsSoon(proc, 7);
    }

    @Test
    void aProcessThatRunsHasNotEnded() throws IOException {
        assertThat(ends("7 (java) S 1 7 7 0 -1\n")).isFalse();
        assertThat(ends("7 (a) Z (b) R 1 7 7 0 -1\n")).isFalse();
    }

    @Test
    void oneThatIsGoneOrAwaitsItsParentHas() throws IOException {
        assertThat(ends("7 (java) Z 1 7 7 0 -1\n")).isTrue();
        assertThat(ends("7 (java) X 1 7 7 0 -1\n")).isTrue();
        assertThat(ProcessLife.endsSoon(proc, 8)).isTrue();
    }
}
