package io.memkind.internal.heap;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/**
 * The threads that are writing to large blocks on the heap's behalf, so that closing can wait for them. Writers of small
 * blocks are inside a {@link ShardGate} instead.
 */
final class WriterCount {
    /*
     * A writer counts itself, then looks at closed; the closer sets closed, then looks at the count. Both are volatile, so
     * that one of them sees the other.
     */
    private static final long PARK_NANOS = 50_000;

    private final AtomicInteger writing = new AtomicInteger();

    /**
     * Counts the calling thread.
     *
     * @throws IllegalStateException if the heap is closed; the thread is not counted
     */
    void enter(Heap heap) {
        writing.incrementAndGet();
        if (heap.isClosed()) {
            exit();
            throw new IllegalStateException("the heap is closed");
        }
    }

    void exit() {
        writing.decrementAndGet();
    }

    /** By the closer, after it set closed. False if there are writers still when the patience is at its end. */
    boolean awaitNone(long patienceNanos) {
        long start = System.nanoTime();
        while (writing.get() != 0) {
            if (System.nanoTime() - start > patienceNanos) {
                return false;
            }
            LockSupport.parkNanos(PARK_NANOS);
        }
        return true;
    }
}
