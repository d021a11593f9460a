package io.memkind.internal.heap;

import io.memkind.internal.extent.AnonymousSource;
import io.memkind.internal.extent.PageMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/**
 * What the tests work on: one heap for all states, and for each state a shard of its own, so that no other state can be
 * given the blocks that it frees.
 *
 * <p>A shard's owner is bound to its gate and key only by its number, so the heap takes every actor for a stranger, and
 * an actor that plays the owner calls what {@link Heap} calls for the owner.
 */
final class Subjects {
    static final Heap HEAP = new Heap(AnonymousSource.of(AnonymousSource.Pages.BASE, 0), HeapOptions.DEFAULT);

    /** A thread that stays alive and does nothing. */
    static final Thread OWNER = startIdleThread();

    private static final int SIZE_CLASS = SizeClasses.classOf(64);
    private static final ConcurrentLinkedQueue<Shard> OWNED = new ConcurrentLinkedQueue<>();
    private static final ConcurrentLinkedQueue<Shard> STRIPES = new ConcurrentLinkedQueue<>();

    private Subjects() {}

    private static Thread startIdleThread() {
        Thread thread = new Thread(
                () -> {
                    while (true) {
                        LockSupport.park();
                    }
                },
                "idle owner");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** A shard without slabs that {@link #OWNER} owns. Its key is none of the heap's, which begin at 2^40. */
    static Shard ownedShard() {
        Shard shard = OWNED.poll();
        return shard == null ? new Shard(HEAP, 0, OWNER, 0) : shard;
    }

    /** A stripe without slabs. */
    static Shard stripe() {
        Shard shard = STRIPES.poll();
        return shard == null ? new Shard(HEAP, 0) : shard;
    }

    /** A block from a shard that nobody else uses yet. The first blocks of a shard share a word of the block map. */
    static long allocate(Shard shard) {
        return shard.allocate(SIZE_CLASS, Shard.UNSPECIFIED, 0);
    }

    static Slab slabOf(long block) {
        if (PageMap.get(block) instanceof Slab slab) {
            return slab;
        }
        throw new IllegalStateException("no slab has the block");
    }

    /** Frees as a thread that does not own the block's shard; false if the heap refused. */
    static boolean free(long block) {
        try {
            HEAP.free(block);
            return true;
        } catch (AddressRefusedException e) {
            return false;
        }
    }

    /** Frees as the shard's owner, in the steps of {@link Heap#free}; false where the heap would refuse. */
    static boolean freeAsOwner(Slab slab, long block) {
        long leaf = BlockMap.leafOf(block);
        if (slab.shard.tryFree(leaf, block)) {
            return true;
        }
        slab.shard.enterAsOwner();
        try {
            return slab.shard.free(slab, leaf, block);
        } finally {
            slab.shard.exit();
        }
    }

    /** Takes back, as the shard's owner, what others have freed. */
    static void collectAsOwner(Shard shard) {
        shard.enterAsOwner();
        try {
            shard.collectRemoteFrees();
        } finally {
            shard.exit();
        }
    }

    /**
     * Ends the use of a shard with one slab, whose blocks should all be free: whether each of them is, once. The slab
     * counts the blocks that are out, so a lost block and one that came back twice both keep it from being given back.
     */
    static boolean isAllFreeOnce(Slab slab) {
        Shard shard = slab.shard;
        shard.giveBack();
        if (!slab.retired) {
            return false;
        }
        (shard.isStripe() ? STRIPES : OWNED).add(shard);
        return true;
    }
}
