package io.memkind.internal.heap;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.memkind.internal.os.RawMemory;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;
import org.openjdk.jcstress.infra.results.ZZI_Result;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/**
 * Frees of small blocks by threads that do not own them, at the same time as each other and as their owner. Two
 * booleans of a result say whether the heap freed; a third, whether all blocks were free afterwards, each once.
 */
public final class RemoteFreeStressTest {
    /* In place of a number: some block was not free afterwards, or not once. */
    private static final int NOT_FREE = -1;
    private static final int KEPT_OUT = 3;

    private RemoteFreeStressTest() {}

    /** Two live blocks that share a word of the block map. */
    static class TwoBlocks {
        final Shard shard;
        final long a;
        final long b;
        final Slab slab;

        TwoBlocks(Shard shard) {
            this.shard = shard;
            a = Subjects.allocate(shard);
            b = Subjects.allocate(shard);
            slab = Subjects.slabOf(a);
            if (a >>> 10 != b >>> 10) {
                throw new IllegalStateException("the blocks do not share a word");
            }
        }

        /** Number of the blocks that the owner has not got back. */
        final int notCollected() {
            long word = BlockMap.liveWord(BlockMap.leafOf(a), a);
            long bits = BlockMap.bitOf(a) | BlockMap.bitOf(b);
            return Long.bitCount(RawMemory.getLong(word) & bits);
        }

        final boolean isLive() {
            return BlockMap.isLive(a) || BlockMap.isLive(b);
        }
    }

    /** Two strangers free the same block. */
    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "The first freed, the second was refused.")
    @Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "The second freed, the first was refused.")
    @Outcome(expect = FORBIDDEN, desc = "Both freed, or none, or the block is not free once.")
    @State
    public static class TwoFreeOneBlock extends TwoBlocks {
        public TwoFreeOneBlock() {
            super(Subjects.ownedShard());
            Subjects.freeAsOwner(slab, b);
        }

        @Actor
        public void first(ZZZ_Result result) {
            result.r1 = Subjects.free(a);
        }

        @Actor
        public void second(ZZZ_Result result) {
            result.r2 = Subjects.free(a);
        }

        @Arbiter
        public void after(ZZZ_Result result) {
            result.r3 = !isLive() && Subjects.isAllFreeOnce(slab);
        }
    }

    /** Two strangers free a block each. The owner collects afterwards. */
    @JCStressTest
    @Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "Both freed.")
    @Outcome(expect = FORBIDDEN, desc = "A free was refused or lost, or counted twice.")
    @State
    public static class TwoFreeNeighbours extends TwoBlocks {
        public TwoFreeNeighbours() {
            super(Subjects.ownedShard());
        }

        @Actor
        public void freeA(ZZZ_Result result) {
            result.r1 = Subjects.free(a);
        }

        @Actor
        public void freeB(ZZZ_Result result) {
            result.r2 = Subjects.free(b);
        }

        @Arbiter
        public void after(ZZZ_Result result) {
            result.r3 = !isLive() && Subjects.isAllFreeOnce(slab);
        }
    }

    /**
     * Two strangers free a block each while the owner collects. The number is that of the blocks that the owner did not
     * get, here and below.
     */
    @JCStressTest
    @Outcome(id = "true, true, 2", expect = ACCEPTABLE, desc = "The owner came before both.")
    @Outcome(id = "true, true, 1", expect = ACCEPTABLE, desc = "The owner came between the two.")
    @Outcome(id = "true, true, 0", expect = ACCEPTABLE, desc = "The owner came after both.")
    @Outcome(expect = FORBIDDEN, desc = "A free was refused or lost, or counted twice.")
    @State
    public static class TwoFreeOwnerCollects extends TwoBlocks {
        public TwoFreeOwnerCollects() {
            super(Subjects.ownedShard());
        }

        @Actor
        public void freeA(ZZI_Result result) {
            result.r1 = Subjects.free(a);
        }

        @Actor
        public void freeB(ZZI_Result result) {
            result.r2 = Subjects.free(b);
        }

        @Actor
        public void collect(ZZI_Result result) {
            Subjects.collectAsOwner(shard);
            result.r3 = notCollected();
        }

        @Arbiter
        public void after(ZZI_Result result) {
            if (isLive() || !Subjects.isAllFreeOnce(slab)) {
                result.r3 = NOT_FREE;
            }
        }
    }

    /** A stranger frees a block while the owner collects the one beside it. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "The free came too late for the owner.")
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "The owner got both blocks.")
    @Outcome(expect = FORBIDDEN, desc = "A free was refused or lost, or counted twice.")
    @State
    public static class OneFreesOwnerCollects extends TwoBlocks {
        public OneFreesOwnerCollects() {
            super(Subjects.ownedShard());
            Subjects.free(b);
        }

        @Actor
        public void free(ZI_Result result) {
            result.r1 = Subjects.free(a);
        }

        @Actor
        public void collect(ZI_Result result) {
            Subjects.collectAsOwner(shard);
            result.r2 = notCollected();
        }

        @Arbiter
        public void after(ZI_Result result) {
            if (isLive() || !Subjects.isAllFreeOnce(slab)) {
                result.r2 = NOT_FREE;
            }
        }
    }

    /** The same through the heap's visit of a shard whose owner does not come by itself. */
    @JCStressTest
    @Outcome(id = "true, 1", expect = ACCEPTABLE, desc = "The free came too late for the visitor.")
    @Outcome(id = "true, 0", expect = ACCEPTABLE, desc = "The visitor got both blocks.")
    @Outcome(id = "true, 3", expect = ACCEPTABLE, desc = "No process barrier: the visitor was kept out.")
    @Outcome(expect = FORBIDDEN, desc = "A free was refused or lost, or counted twice.")
    @State
    public static class OneFreesVisitorCollects extends TwoBlocks {
        public OneFreesVisitorCollects() {
            super(Subjects.ownedShard());
            Subjects.free(b);
        }

        @Actor
        public void free(ZI_Result result) {
            result.r1 = Subjects.free(a);
        }

        @Actor
        public void collect(ZI_Result result) {
            result.r2 = KEPT_OUT;
            shard.visit(Subjects.HEAP.memory(), () -> {
                shard.collectRemoteFrees();
                result.r2 = notCollected();
            });
        }

        @Arbiter
        public void after(ZI_Result result) {
            if (isLive() || !Subjects.isAllFreeOnce(slab)) {
                result.r2 = NOT_FREE;
            }
        }
    }

    /** A stranger and the owner free two blocks that share a word. */
    @JCStressTest
    @Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "Both freed.")
    @Outcome(expect = FORBIDDEN, desc = "A free was refused or lost, or counted twice.")
    @State
    public static class OwnerFreesNeighbour extends TwoBlocks {
        public OwnerFreesNeighbour() {
            super(Subjects.ownedShard());
        }

        @Actor
        public void owner(ZZZ_Result result) {
            result.r1 = Subjects.freeAsOwner(slab, a);
        }

        @Actor
        public void stranger(ZZZ_Result result) {
            result.r2 = Subjects.free(b);
        }

        @Arbiter
        public void after(ZZZ_Result result) {
            result.r3 = !isLive() && Subjects.isAllFreeOnce(slab);
        }
    }

    /** A stranger and the owner free the same block. */
    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "The owner freed, the stranger was refused.")
    @Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "The stranger freed, the owner was refused.")
    @Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "At the same instant; the block is free once.")
    @Outcome(expect = FORBIDDEN, desc = "None freed, or the block is not free once.")
    @State
    public static class OwnerFreesSameBlock extends TwoBlocks {
        public OwnerFreesSameBlock() {
            super(Subjects.ownedShard());
            Subjects.freeAsOwner(slab, b);
        }

        @Actor
        public void owner(ZZZ_Result result) {
            result.r1 = Subjects.freeAsOwner(slab, a);
        }

        @Actor
        public void stranger(ZZZ_Result result) {
            result.r2 = Subjects.free(a);
        }

        @Arbiter
        public void after(ZZZ_Result result) {
            shard.collectRemoteFrees();
            result.r3 = !isLive() && Subjects.isAllFreeOnce(slab);
        }
    }

    /** Two threads free the same block of a stripe: each as its owner if it can enter, else as a stranger. */
    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "The first freed, the second was refused.")
    @Outcome(id = "false, true, true", expect = ACCEPTABLE, desc = "The second freed, the first was refused.")
    @Outcome(id = "true, true, true", expect = ACCEPTABLE, desc = "At the same instant; the block is free once.")
    @Outcome(expect = FORBIDDEN, desc = "None freed, or the block is not free once.")
    @State
    public static class TwoFreeOneStripeBlock extends TwoBlocks {
        public TwoFreeOneStripeBlock() {
            super(Subjects.stripe());
            Subjects.free(b);
        }

        @Actor
        public void first(ZZZ_Result result) {
            result.r1 = Subjects.free(a);
        }

        @Actor
        public void second(ZZZ_Result result) {
            result.r2 = Subjects.free(a);
        }

        @Arbiter
        public void after(ZZZ_Result result) {
            result.r3 = !isLive() && Subjects.isAllFreeOnce(slab);
        }
    }
}
