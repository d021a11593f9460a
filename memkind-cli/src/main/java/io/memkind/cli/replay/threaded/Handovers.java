package io.memkind.cli.replay.threaded;

import java.util.concurrent.atomic.AtomicIntegerArray;

/** Objects going from thread to thread. Several threads may wait for one object, each for another hand-over of it. */
final class Handovers {
    private static final int SPIN_COUNT = 200;

    /** By object: how often it was handed over. */
    private final AtomicIntegerArray counts;

    private final ReplayThreads threads;

    Handovers(int objectCount, ReplayThreads threads) {
        this.counts = new AtomicIntegerArray(objectCount);
        this.threads = threads;
    }

    /** Has a thread wait until an object was handed over so often. The next hand-over is this thread's to make. */
    void await(int thread, int object, int handoverCount) {
        for (int i = 0; i < SPIN_COUNT; i++) {
            if (counts.get(object) == handoverCount) {
                return;
            }
            Thread.onSpinWait();
        }
        threads.parkForObject(thread, object, () -> counts.get(object) == handoverCount);
    }

    /** Hands an object over to a thread. */
    void signal(int object, int thread) {
        counts.incrementAndGet(object);
        threads.wakeForObject(thread, object);
    }
}
