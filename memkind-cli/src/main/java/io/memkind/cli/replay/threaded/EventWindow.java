package io.memkind.cli.replay.threaded;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * Keeps threads together: nobody enters a segment of the trace before everybody is past the last but one.
 *
 * <p>Without it, a thread that waits for no object could run far ahead, and more would be live than ever was.
 */
final class EventWindow {
    /** By segment: threads that are not past it yet. */
    private final AtomicIntegerArray remaining;

    private final ReplayThreads threads;

    EventWindow(int segmentCount, int threadCount, ReplayThreads threads) {
        this.threads = threads;
        int[] all = new int[segmentCount];
        Arrays.fill(all, threadCount);
        remaining = new AtomicIntegerArray(all);
    }

    /** Takes a thread from a segment to a later one; waits until it may be there. */
    void enter(int thread, int from, int to) {
        leave(from, to);
        if (to >= 2 && remaining.get(to - 2) != 0) {
            threads.parkForWindow(thread, () -> remaining.get(to - 2) == 0);
        }
    }

    /** Says that a thread is past the segments from one to before another. */
    void leave(int from, int to) {
        for (int segment = from; segment < to; segment++) {
            if (remaining.decrementAndGet(segment) == 0) {
                threads.wakeForWindow();
            }
        }
    }
}
