package io.memkind.cli.replay.step;

import java.util.concurrent.atomic.AtomicLong;

/** How far some work on a trace has got. Written by the worker, read by another thread. */
public final class ReplayProgress {
    private final AtomicLong doneStepCount = new AtomicLong();
    private volatile long totalStepCount = 1;

    /** Makes a progress of nothing yet. */
    public ReplayProgress() {}

    /**
     * Says how much there is to do.
     *
     * @param stepCount events of all passes, or bytes of a file
     */
    public void expect(long stepCount) {
        totalStepCount = Math.max(1, stepCount);
    }

    /**
     * Says that some more was done. Cheap enough for timed passes if called per thousand steps.
     *
     * @param stepCount steps just done
     */
    public void advance(long stepCount) {
        doneStepCount.getAndAdd(stepCount);
    }

    /**
     * The part that is done.
     *
     * @return 0 to 1
     */
    public double fraction() {
        return Math.min(1.0, (double) doneStepCount.getOpaque() / totalStepCount);
    }
}
