package io.memkind.internal.heap;

import io.memkind.internal.os.VirtualMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.WeakReference;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Decides who is inside a shard: one thread at a time.
 *
 * <p>A gate is either owned by a platform thread, which goes in and out for the price of two plain stores and two loads,
 * or is a stripe, which any thread enters by compare-and-set. Others can enter an owned gate too, slowly.
 */
abstract class ShardGate {
    /*
     * Owned gate, a biased lock that can be revoked (the asymmetric Dekker protocol):
     *
     *   owner                                   visitor, holding visitorLock
     *   busy = 1            (opaque)            revoked = true   (volatile)
     *   if revoked (acquire): busy = 0, wait    process barrier  (membarrier(2))
     *   ... inside ...                          while busy != 0: wait
     *   busy = 0            (release)           ... inside ...
     *                                           revoked = false  (volatile)
     *
     * Without the barrier, the owner's store of busy could still be in its store buffer when it reads revoked. The
     * barrier makes each running thread pass a full fence after revoked was set: either the owner's store is visible to
     * the visitor, or the owner's later load sees revoked. A thread that is not running passed a fence when it was
     * switched out. C2 keeps opaque stores and acquire loads in program order.
     *
     * An owner that died left everything visible to whoever sees Thread.isAlive() answer false (JLS 17.4.5).
     *
     *   field     read                 written
     *   ownerKey  plain, by anyone     under visitorLock, when a thread takes the shard over
     *   busy      by visitors          by who is inside
     *   revoked   acquire, by owner    under visitorLock; of a stripe, by who closes
     */
    private static final long STRIPE = -1;

    /** How long closing waits for a thread to leave. */
    static final long CLOSE_PATIENCE_NANOS = 10_000_000_000L;

    private static final long PATIENCE_NANOS = 100_000_000;
    private static final long DRAIN_NANOS = 10_000_000;
    private static final VarHandle BUSY;
    private static final VarHandle REVOKED;

    static {
        try {
            MethodHandles.Lookup lookup = MethodHandles.lookup();
            BUSY = lookup.findVarHandle(ShardGate.class, "busy", int.class);
            REVOKED = lookup.findVarHandle(ShardGate.class, "revoked", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /** Id of the owning thread plus the base of the heap: unique in time and among heaps. {@link #STRIPE} for a stripe. */
    long ownerKey;

    private int busy;
    private boolean revoked;
    /* Guarded by visitorLock. A shut gate stays revoked. */
    private boolean shut;
    private final ReentrantLock visitorLock = new ReentrantLock();
    private WeakReference<@Nullable Thread> owner = new WeakReference<>(null);

    /** Makes the gate a stripe. */
    ShardGate() {
        ownerKey = STRIPE;
    }

    /** Makes the gate {@code owner}'s. */
    ShardGate(Thread owner, long keyBase) {
        ownerKey = keyBase + owner.threadId();
        this.owner = new WeakReference<>(owner);
    }

    final boolean isStripe() {
        return ownerKey == STRIPE;
    }

    /** Enters as the owner. When false, a visitor is inside or the gate is shut. */
    final boolean tryEnterAsOwner() {
        BUSY.setOpaque(this, 1);
        if ((boolean) REVOKED.getAcquire(this)) {
            BUSY.setRelease(this, 0);
            return false;
        }
        return true;
    }

    /** Enters a stripe, as any thread. When false, somebody else is inside, or the gate is shut. */
    final boolean tryEnterStripe() {
        return !(boolean) REVOKED.getAcquire(this) && BUSY.compareAndSet(this, 0, 1);
    }

    final void exit() {
        BUSY.setRelease(this, 0);
    }

    /* By the owner: returns when no visitor is inside. */
    private void awaitVisitor() {
        visitorLock.lock();
        try {
            if (shut) {
                throw new IllegalStateException("the heap is closed");
            }
        } finally {
            visitorLock.unlock();
        }
    }

    /**
     * Enters as the owner, waiting for a visitor to leave.
     *
     * @throws IllegalStateException if the gate is shut
     */
    final void enterAsOwner() {
        while (!tryEnterAsOwner()) {
            awaitVisitor();
        }
    }

    /** Shuts the gate for good. False if somebody stays inside for longer than {@link #CLOSE_PATIENCE_NANOS}. */
    final boolean shut(VirtualMemory memory) {
        if (isStripe()) {
            /* Or threads that come and go could keep the closer out for ever. */
            REVOKED.setVolatile(this, true);
            return spinUntilEntered(CLOSE_PATIENCE_NANOS);
        }
        visitorLock.lock();
        try {
            shut = true;
            REVOKED.setVolatile(this, true);
            if (memory.processBarrier() != 0) {
                /* A store buffer drains in microseconds. */
                LockSupport.parkNanos(DRAIN_NANOS);
            }
            return ownerIsDead() || ownerLeaves(CLOSE_PATIENCE_NANOS);
        } finally {
            visitorLock.unlock();
        }
    }

    /**
     * Runs {@code action} inside, as a thread that is neither owner nor inside any shard.
     *
     * @return false if the shard could not be entered: the system has no process barrier, or the owner stayed inside
     */
    final boolean visit(VirtualMemory memory, Runnable action) {
        if (isStripe()) {
            if (!spinUntilEntered(PATIENCE_NANOS)) {
                return false;
            }
            try {
                action.run();
                return true;
            } finally {
                exit();
            }
        }
        visitorLock.lock();
        try {
            return visitOwned(memory, action);
        } finally {
            visitorLock.unlock();
        }
    }

    private boolean visitOwned(VirtualMemory memory, Runnable action) {
        if (shut) {
            return false;
        }
        if (ownerIsDead()) {
            action.run();
            return true;
        }
        REVOKED.setVolatile(this, true);
        try {
            if (memory.processBarrier() != 0 || !ownerLeaves(PATIENCE_NANOS)) {
                return false;
            }
            action.run();
            return true;
        } finally {
            REVOKED.setVolatile(this, shut);
        }
    }

    private boolean spinUntilEntered(long patienceNanos) {
        long start = System.nanoTime();
        while (!BUSY.compareAndSet(this, 0, 1)) {
            if (!pause(start, patienceNanos)) {
                return false;
            }
        }
        return true;
    }

    private boolean ownerLeaves(long patienceNanos) {
        long start = System.nanoTime();
        while ((int) BUSY.getVolatile(this) != 0) {
            if (!pause(start, patienceNanos)) {
                return false;
            }
        }
        return true;
    }

    private static boolean pause(long startNanos, long patienceNanos) {
        long waited = System.nanoTime() - startNanos;
        if (waited < 20_000) {
            Thread.onSpinWait();
        } else {
            LockSupport.parkNanos(50_000);
        }
        return waited < patienceNanos;
    }

    private boolean ownerIsDead() {
        Thread thread = owner.get();
        return thread == null || !thread.isAlive();
    }

    /** Makes {@code heir} the owner if the present owner is dead. Returns the key of the dead owner, or 0. */
    final long inherit(Thread heir, long keyBase) {
        if (isStripe() || !ownerIsDead() || !visitorLock.tryLock()) {
            return 0;
        }
        try {
            if (!ownerIsDead()) {
                return 0;
            }
            long dead = ownerKey;
            ownerKey = keyBase + heir.threadId();
            owner = new WeakReference<>(heir);
            return dead;
        } finally {
            visitorLock.unlock();
        }
    }
}
