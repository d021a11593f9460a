package io.memkind.cli.replay;

import io.memkind.MemoryKind;
import io.memkind.cli.replay.step.DirectRunner;
import io.memkind.cli.replay.step.EventRunner;
import io.memkind.cli.replay.step.KindAllocator;
import io.memkind.cli.replay.step.ReplayProgress;
import io.memkind.cli.replay.step.VerifyingRunner;
import io.memkind.cli.replay.threaded.ThreadedProgram;
import io.memkind.cli.trace.Trace;
import java.util.Arrays;
import java.util.function.Supplier;

/**
 * The whole procedure for a trace: a warm-up pass that measures memory, then timed passes, all on one fresh heap.
 *
 * <p>What the program never freed is freed after each pass, when its clock has stopped.
 */
public final class TraceReplay {
    /** As the reference replayer's: how far threads may be apart, in events. */
    private static final int WINDOW_EVENT_COUNT = 3000;

    private final Supplier<MemoryKind> heaps;
    private final ReplayOptions options;
    private final ReplayProgress progress;

    /**
     * Makes a replay.
     *
     * @param kind the kind of memory that the heap is built over
     * @param options how to replay
     * @param progress told of finished events
     */
    public TraceReplay(MemoryKind kind, ReplayOptions options, ReplayProgress progress) {
        this(() -> MemoryKind.builder(kind).build(), options, progress);
    }

    /**
     * Makes a replay on a heap of the caller's choice.
     *
     * @param heaps opens the heap, which the replay closes
     * @param options how to replay
     * @param progress told of finished events
     */
    public TraceReplay(Supplier<MemoryKind> heaps, ReplayOptions options, ReplayProgress progress) {
        this.heaps = heaps;
        this.options = options;
        this.progress = progress;
    }

    /**
     * Does the replay.
     *
     * @param trace the trace
     * @return what was measured
     * @throws io.memkind.cli.replay.step.ReplayException if an event fails or, when verifying, a promise is broken
     */
    public ReplayResult run(Trace trace) {
        progress.expect((long) trace.events().eventCount() * (1 + options.repeatCount()));
        try (MemoryKind heap = heaps.get()) {
            return run(trace, heap);
        }
    }

    private ReplayResult run(Trace trace, MemoryKind heap) {
        ReplayPasses passes = passes(trace, heap);
        PassMeasurement measured = passes.measure(heap::residentBytes);
        passes.freeLive();
        long[] passNanos = new long[options.repeatCount()];
        for (int pass = 0; pass < passNanos.length; pass++) {
            passNanos[pass] = passes.time();
            passes.freeLive();
        }
        long residentAfterFreeBytes = heap.residentBytes();
        heap.trim();
        Arrays.sort(passNanos);
        int eventCount = trace.events().eventCount();
        return new ReplayResult(
                eventCount,
                perEvent(passNanos[passNanos.length / 2], eventCount),
                perEvent(passNanos[0], eventCount),
                measured.peakLiveBytes(),
                measured.peakResidentBytes(),
                residentAfterFreeBytes,
                heap.residentBytes());
    }

    private ReplayPasses passes(Trace trace, MemoryKind heap) {
        if (!options.threaded()) {
            return new SequentialPasses(trace, runner(heap, trace.slotCount()), progress);
        }
        ThreadedProgram program = ThreadedProgram.of(trace, WINDOW_EVENT_COUNT);
        return new ThreadedPasses(program, runner(heap, program.objectCount()), progress);
    }

    private EventRunner runner(MemoryKind heap, int idCount) {
        return options.verifying()
                ? new VerifyingRunner(new KindAllocator(heap), idCount, options.threaded())
                : new DirectRunner(heap, idCount, options.touching());
    }

    private static double perEvent(long nanos, int eventCount) {
        return eventCount == 0 ? 0 : (double) nanos / eventCount;
    }
}
