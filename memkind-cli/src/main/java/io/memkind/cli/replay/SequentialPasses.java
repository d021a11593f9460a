package io.memkind.cli.replay;

import io.memkind.MemoryKind;
import io.memkind.cli.replay.step.EventFailure;
import io.memkind.cli.replay.step.EventRanges;
import io.memkind.cli.replay.step.EventRunner;
import io.memkind.cli.replay.step.KindAllocator;
import io.memkind.cli.replay.step.ReplayProgress;
import io.memkind.cli.replay.step.VerifyingRunner;
import io.memkind.cli.trace.Trace;
import java.util.function.LongSupplier;

/** Replays on the calling thread, in the order of the trace. */
public final class SequentialPasses implements ReplayPasses {
    private static final int SAMPLE_COUNT = 200;
    private static final int PROGRESS_EVENT_COUNT = 1 << 16;

    private final Trace trace;
    private final EventRunner runner;
    private final ReplayProgress progress;
    private final int eventCount;
    private final int[] liveSlots;
    private int doneEventCount;

    SequentialPasses(Trace trace, EventRunner runner, ReplayProgress progress) {
        this.trace = trace;
        this.runner = runner;
        this.progress = progress;
        this.eventCount = trace.events().eventCount();
        this.liveSlots = trace.liveSlots();
    }

    /**
     * Passes that verify every byte.
     *
     * @param trace the trace
     * @param kind the heap
     * @param progress told of finished events
     * @return the passes
     */
    public static SequentialPasses verifying(Trace trace, MemoryKind kind, ReplayProgress progress) {
        KindAllocator allocator = new KindAllocator(kind);
        return new SequentialPasses(trace, new VerifyingRunner(allocator, trace.slotCount(), false), progress);
    }

    /**
     * Goes on with the pass, which begins with event 0.
     *
     * @param targetEventCount the number of events that shall be done then
     */
    public void advanceTo(int targetEventCount) {
        try {
            while (doneEventCount < targetEventCount) {
                int next = Math.min(targetEventCount, doneEventCount + PROGRESS_EVENT_COUNT);
                EventRanges.run(trace.events(), doneEventCount, next, runner);
                progress.advance(next - doneEventCount);
                doneEventCount = next;
            }
        } catch (EventFailure e) {
            throw e.atEvent(e.position());
        }
    }

    @Override
    public PassMeasurement measure(LongSupplier residentBytes) {
        long peakResidentBytes = 0;
        for (int sample = 1; sample <= SAMPLE_COUNT; sample++) {
            int target = (int) ((long) eventCount * sample / SAMPLE_COUNT);
            int peakEventCount = trace.peakEventCount();
            if (doneEventCount < peakEventCount && peakEventCount < target) {
                advanceTo(peakEventCount);
                peakResidentBytes = Math.max(peakResidentBytes, residentBytes.getAsLong());
            }
            advanceTo(target);
            peakResidentBytes = Math.max(peakResidentBytes, residentBytes.getAsLong());
        }
        return new PassMeasurement(trace.peakLiveBytes(), peakResidentBytes);
    }

    @Override
    public long time() {
        long startNanos = System.nanoTime();
        advanceTo(eventCount);
        return System.nanoTime() - startNanos;
    }

    @Override
    public void freeLive() {
        runner.freeAll(liveSlots);
        doneEventCount = 0;
    }
}
