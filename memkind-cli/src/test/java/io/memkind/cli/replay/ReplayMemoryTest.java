package io.memkind.cli.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.Kinds;
import io.memkind.cli.replay.step.ReplayException;
import io.memkind.cli.trace.Operation;
import io.memkind.cli.trace.RandomTraces;
import io.memkind.cli.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayMemoryTest {
    @TempDir
    private Path root;

    private ReplayMemory memoryOf(long kib) throws IOException {
        Files.createDirectories(root.resolve("proc"));
        Files.writeString(root.resolve("proc/meminfo"), "MemAvailable: " + kib + " kB\n");
        return new ReplayMemory(new AvailableMemory(root));
    }

    private static TraceWriter mallocs(int count, long byteSize) {
        TraceWriter writer = new TraceWriter();
        for (int slot = 0; slot < count; slot++) {
            writer.event(Operation.MALLOC, 0, slot, byteSize);
        }
        return writer;
    }

    @Test
    void refusesWhatDoesNotFit() throws IOException {
        ReplayMemory memory = memoryOf(100);
        assertThatCode(() -> memory.requireFits(RandomTraces.read(mallocs(10, 8 << 10)), Kinds.DEFAULT))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> memory.requireFits(RandomTraces.read(mallocs(10, 10 << 10)), Kinds.DEFAULT))
                .isInstanceOf(ReplayException.class)
                .hasMessage("its live objects need about 115200 bytes at their peak (102400 asked for), but available"
                        + " are 102400 bytes");
    }

    @Test
    void countsWhatTinyObjectsReallyTake() throws IOException {
        ReplayMemory memory = memoryOf(100);
        assertThatThrownBy(() -> memory.requireFits(RandomTraces.read(mallocs(7000, 1)), Kinds.DEFAULT))
                .isInstanceOf(ReplayException.class);
    }

    @Test
    void limitsEventsByTheMemoryForThem() throws IOException {
        assertThat(memoryOf(80).maxEventCount(false)).isEqualTo(1024);
        assertThat(memoryOf(80).maxEventCount(true)).isLessThan(1024);
        assertThat(memoryOf(1L << 40).maxEventCount(false))
                .isLessThanOrEqualTo(Runtime.getRuntime().maxMemory() / 32);
    }
}
