package io.memkind.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class AvailableMemoryTest {
    @TempDir
    private Path root;

    private void write(String file, String text) throws IOException {
        Path path = root.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, text);
    }

    @Test
    void nothingIsKnownOfASystemThatTellsNothing() {
        assertThat(new AvailableMemory(root).byteSize()).isEmpty();
    }

    @Test
    void readsTheMachine() throws IOException {
        write("proc/meminfo", "MemTotal:       24683520 kB\nMemFree: 1 kB\nMemAvailable:   23000000 kB\n");
        assertThat(new AvailableMemory(root).byteSize()).hasValue(23_000_000L * 1024);
    }

    @Test
    void theTightestGroupOnTheWayUpCounts() throws IOException {
        write("proc/meminfo", "MemAvailable:   23000000 kB\n");
        write("proc/self/cgroup", "0::/outer/inner\n");
        write("sys/fs/cgroup/outer/inner/memory.max", "max\n");
        write("sys/fs/cgroup/outer/inner/memory.current", "5\n");
        write("sys/fs/cgroup/outer/memory.max", "1000000\n");
        write("sys/fs/cgroup/outer/memory.current", "900000\n");
        write("sys/fs/cgroup/outer/memory.stat", "anon 1\ninactive_file 50000\n");
        assertThat(new AvailableMemory(root).byteSize()).hasValue(150_000);
    }

    @Test
    void aGroupNameThatLeadsOutOfTheTreeIsNotFollowed() throws IOException {
        write("proc/self/cgroup", "0::/../../elsewhere\n");
        write("sys/elsewhere/memory.max", "1\n");
        write("sys/elsewhere/memory.current", "1\n");
        assertThat(new AvailableMemory(root).byteSize()).isEmpty();
    }

    @Test
    void numbersThatAreNoneAreLeftOut() throws IOException {
        write("proc/meminfo", "MemAvailable: lots kB\n");
        assertThat(new AvailableMemory(root).byteSize()).isEmpty();
    }

    @Test
    void thisMachineTells() {
        assertThat(new AvailableMemory(Path.of("/")).byteSize()).isPresent();
    }
}
