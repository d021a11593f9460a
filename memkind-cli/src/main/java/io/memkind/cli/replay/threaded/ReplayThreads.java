package io.memkind.cli.replay.threaded;

import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** The threads of one pass, how they wait for one another, and the failure that ends the pass for all of them. */
final class ReplayThreads {
    private static final int NOTHING = 0;
    private static final int WINDOW = -1;

    private final Thread[] threads;
    /** By thread: what it is parked for, or about to be: an object's number + 1, or one of the constants. */
    private final AtomicIntegerArray awaited;

    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    ReplayThreads(Thread[] threads) {
        this.threads = threads;
        this.awaited = new AtomicIntegerArray(threads.length);
    }

    /** Parks a thread, the calling one, until an object was handed over to it. */
    void parkForObject(int thread, int object, BooleanSupplier condition) {
        parkUntil(thread, object + 1, condition);
    }

    /** Parks a thread, the calling one, until the others have caught up. */
    void parkForWindow(int thread, BooleanSupplier condition) {
        parkUntil(thread, WINDOW, condition);
    }

    /**
     * Whoever makes the condition hold must wake the thread afterwards.
     *
     * <p>No wake is lost: this thread says what it is parked for and then looks at the condition, the other one makes it
     * hold and then looks what the thread is parked for, all by volatile accesses.
     */
    private void parkUntil(int thread, int reason, BooleanSupplier condition) {
        awaited.set(thread, reason);
        while (!condition.getAsBoolean()) {
            throwIfFailed();
            LockSupport.park(this);
        }
        awaited.set(thread, NOTHING);
    }

    void wakeForObject(int thread, int object) {
        if (awaited.get(thread) == object + 1) {
            LockSupport.unpark(threads[thread]);
        }
    }

    void wakeForWindow() {
        for (int thread = 0; thread < threads.length; thread++) {
            if (awaited.get(thread) == WINDOW) {
                LockSupport.unpark(threads[thread]);
            }
        }
    }

    /** Ends the pass. The first failure is the one that counts. */
    void fail(Throwable cause) {
        failure.compareAndSet(null, cause);
        for (Thread thread : threads) {
            LockSupport.unpark(thread);
        }
    }

    @Nullable Throwable failure() {
        return failure.get();
    }

    void throwIfFailed() {
        if (failure.get() != null) {
            throw new PassEndedException();
        }
    }
}
