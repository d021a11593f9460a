package io.memkind.tbb;

import io.memkind.tbb.os.NativeThread;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The threads that have used a pool, until they are gone. Thread-safe. */
final class PoolUsers {
    private static final long PATIENCE_NANOS = 5_000_000_000L;
    private static final int FIRST_SWEEP = 64;

    private final Map<Thread, NativeThread> threads = new ConcurrentHashMap<>();
    /* A race only makes a sweep come sooner or later. */
    private volatile int nextSweep = FIRST_SWEEP;

    /** Before the calling thread, a platform thread, uses the pool. */
    void enter() {
        if (!threads.containsKey(Thread.currentThread())) {
            add();
        }
    }

    private void add() {
        if (threads.size() >= nextSweep) {
            threads.entrySet()
                    .removeIf(entry ->
                            !entry.getKey().isAlive() && !entry.getValue().exists());
            nextSweep = Math.max(FIRST_SWEEP, 2 * threads.size());
        }
        threads.put(Thread.currentThread(), NativeThread.current());
    }

    /**
     * When threads that end from now on do nothing to the pool any more: waits for those that have left the JVM, but not the
     * system. False if one has not within five seconds.
     */
    boolean awaitEnding() {
        long start = System.nanoTime();
        boolean interrupted = false;
        try {
            for (Map.Entry<Thread, NativeThread> entry : threads.entrySet()) {
                while (!entry.getKey().isAlive() && entry.getValue().exists()) {
                    if (System.nanoTime() - start > PATIENCE_NANOS) {
                        return false;
                    }
                    try {
                        Thread.sleep(1);
                    } catch (InterruptedException e) {
                        interrupted = true;
                    }
                }
            }
            return true;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
