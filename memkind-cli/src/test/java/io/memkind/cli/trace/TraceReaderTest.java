package io.memkind.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class TraceReaderTest {
    @TempDir
    private Path directory;

    @Test
    void readsWhatWasWritten() {
        Trace trace = RandomTraces.read(new TraceWriter()
                .event(Operation.MALLOC, 0, 0, 10)
                .event(Operation.CALLOC, 1, 1, 300)
                .event(Operation.REALLOC, 0, 1, 70_000)
                .free(1, 0)
                .aligned(0, 0, 5, 64)
                .aligned(0, 2, 5, 1));
        EventStore events = trace.events();
        assertThat(events.eventCount()).isEqualTo(6);
        assertThat(trace.threadCount()).isEqualTo(2);
        assertThat(trace.slotCount()).isEqualTo(3);
        assertThat(trace.liveSlots()).containsExactly(0, 1, 2);
        assertThat(trace.peakLiveBytes()).isEqualTo(70_010);
        assertThat(trace.peakEventCount()).isEqualTo(3);
        assertThat(trace.peakFootprintBytes()).isEqualTo(70_000 + 16 + 16);
        assertThat(EventWords.operation(events.head(1))).isEqualTo(Operation.CALLOC);
        assertThat(EventWords.thread(events.head(1))).isEqualTo(1);
        assertThat(EventWords.byteSize(events.head(2))).isEqualTo(70_000);
        assertThat(EventWords.untouchedByteOffset(events.tail(2))).isEqualTo(4096);
        assertThat(EventWords.byteAlignment(events.tail(4))).isEqualTo(64);
        assertThat(EventWords.byteAlignment(events.tail(5)))
                .as("as posix_memalign, at least 8")
                .isEqualTo(8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 7})
    void readsGeneratedTraces(int threadCount) {
        for (long seed = 0; seed < 20; seed++) {
            TraceWriter writer = RandomTraces.writer(seed, 20_000, threadCount);
            Trace trace = RandomTraces.read(writer);
            assertThat(trace.events().eventCount()).as("seed %d", seed).isEqualTo(20_000);
            assertThat(trace.threadCount()).as("seed %d", seed).isEqualTo(threadCount);
            assertThat(trace.peakFootprintBytes()).as("seed %d", seed).isGreaterThanOrEqualTo(trace.peakLiveBytes());
        }
    }

    @Test
    void readsATraceWithoutEvents() {
        Trace trace = RandomTraces.read(new TraceWriter());
        assertThat(trace.events().eventCount()).isZero();
        assertThat(trace.liveSlots()).isEmpty();
    }

    @Test
    void tellsHowManyBytesItHasRead() throws TraceException {
        TraceWriter writer = RandomTraces.writer(1, 5000, 1);
        AtomicLong byteCount = new AtomicLong();
        new TraceReader(5000).read(writer.writeTo(directory.resolve("t.mktrace.gz")), byteCount::addAndGet);
        assertThat(byteCount.get()).isEqualTo(writer.file().length);
    }

    @Test
    void refusesMoreEventsThanItWasAllowed() {
        byte[] file = RandomTraces.writer(1, 5000, 1).file();
        assertThatThrownBy(() -> new TraceReader(4999).read(new ByteArrayInputStream(file), byteCount -> {}))
                .isInstanceOf(TraceException.class)
                .hasMessageContaining("5000 events by its header")
                .hasMessageContaining("4999");
    }
}
