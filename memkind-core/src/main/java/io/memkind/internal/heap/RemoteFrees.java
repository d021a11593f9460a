package io.memkind.internal.heap;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/**
 * The slabs of one shard in which other threads have freed blocks: a stack that many push to and the owner empties as a
 * whole (Treiber, 1986; taking all at once has no ABA problem).
 *
 * <p>An object of its own, so that pushes do not disturb the cache line of the shard's own fields.
 */
final class RemoteFrees {
    private static final VarHandle HEAD;

    static {
        try {
            HEAD = MethodHandles.lookup().findVarHandle(RemoteFrees.class, "head", Slab.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private @Nullable Slab head;

    /** Adds a slab that is not in the queue: {@link Slab#releaseRemote} says when. */
    void push(Slab slab) {
        Slab head;
        do {
            head = (Slab) HEAD.getAcquire(this);
            slab.nextRemote = head;
        } while (!HEAD.weakCompareAndSetRelease(this, head, slab));
    }

    boolean isEmptyOpaque() {
        return HEAD.getOpaque(this) == null;
    }

    /** Takes all slabs, chained by {@link Slab#nextRemote}. */
    @Nullable Slab takeAll() {
        return (Slab) HEAD.getAndSet(this, (Slab) null);
    }
}
