package io.memkind.internal.heap;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** A second free that comes after the first, and while the owner or another thread is at work beside it, is refused. */
public final class DoubleFreeStressTest {
    private DoubleFreeStressTest() {}

    /** One stranger frees a block twice, one free after the other, while the owner collects. */
    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "The second free was refused.")
    @Outcome(expect = FORBIDDEN, desc = "The second free was not refused, or the block is not free once.")
    @State
    public static class StrangerTwiceWhileOwnerCollects extends RemoteFreeStressTest.TwoBlocks {
        public StrangerTwiceWhileOwnerCollects() {
            super(Subjects.ownedShard());
            Subjects.free(b);
        }

        @Actor
        public void stranger(ZZZ_Result result) {
            result.r1 = Subjects.free(a);
            result.r2 = Subjects.free(a);
        }

        @Actor
        public void collect() {
            Subjects.collectAsOwner(shard);
        }

        @Arbiter
        public void after(ZZZ_Result result) {
            shard.collectRemoteFrees();
            result.r3 = !isLive() && Subjects.isAllFreeOnce(slab);
        }
    }

    /** The block was freed before; a stranger frees it once more while the owner collects it. */
    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "The second free was refused.")
    @Outcome(expect = FORBIDDEN, desc = "The second free was not refused, or the block is not free once.")
    @State
    public static class StrangerOnceMoreWhileOwnerCollects extends RemoteFreeStressTest.TwoBlocks {
        private final boolean freed;

        public StrangerOnceMoreWhileOwnerCollects() {
            super(Subjects.ownedShard());
            Subjects.free(b);
            freed = Subjects.free(a);
        }

        @Actor
        public void stranger(ZZZ_Result result) {
            result.r1 = freed;
            result.r2 = Subjects.free(a);
        }

        @Actor
        public void collect() {
            Subjects.collectAsOwner(shard);
        }

        @Arbiter
        public void after(ZZZ_Result result) {
            shard.collectRemoteFrees();
            result.r3 = !isLive() && Subjects.isAllFreeOnce(slab);
        }
    }

    /** One stranger frees a block; another frees the one beside it, then the owner frees that one again. */
    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "The owner's free was refused.")
    @Outcome(expect = FORBIDDEN, desc = "The owner's free was not refused, or the block is not free once.")
    @State
    public static class OwnerAfterStranger extends RemoteFreeStressTest.TwoBlocks {
        public OwnerAfterStranger() {
            super(Subjects.ownedShard());
        }

        @Actor
        public void neighbour() {
            Subjects.free(b);
        }

        @Actor
        public void strangerThenOwner(ZZZ_Result result) {
            result.r1 = Subjects.free(a);
            result.r2 = Subjects.freeAsOwner(slab, a);
        }

        @Arbiter
        public void after(ZZZ_Result result) {
            shard.collectRemoteFrees();
            result.r3 = !isLive() && Subjects.isAllFreeOnce(slab);
        }
    }

    /** {@link OwnerAfterStranger} with the block allocated again by its owner: it must stay live. */
    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "The owner's free was refused, the new block lives.")
    @Outcome(expect = FORBIDDEN, desc = "A block that was handed out is taken for free.")
    @State
    public static class OwnerAfterStrangerAllocatesAgain extends RemoteFreeStressTest.TwoBlocks {
        private long again;

        public OwnerAfterStrangerAllocatesAgain() {
            super(Subjects.ownedShard());
        }

        @Actor
        public void neighbour() {
            Subjects.free(b);
        }

        @Actor
        public void strangerThenOwner(ZZZ_Result result) {
            result.r1 = Subjects.free(a);
            result.r2 = Subjects.freeAsOwner(slab, a);
            shard.enterAsOwner();
            again = Subjects.allocate(shard);
            shard.exit();
        }

        @Arbiter
        public void after(ZZZ_Result result) {
            shard.collectRemoteFrees();
            result.r3 = BlockMap.isLive(again);
            if (result.r3) {
                Subjects.freeAsOwner(slab, again);
            }
            Subjects.isAllFreeOnce(slab);
        }
    }

    /** {@link StrangerTwiceWhileOwnerCollects} with the block allocated again by its owner: it must stay live. */
    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "The second free was refused, the new block lives.")
    @Outcome(expect = FORBIDDEN, desc = "A block that was handed out is taken for free.")
    @State
    public static class StrangerTwiceThenAllocatedAgain extends RemoteFreeStressTest.TwoBlocks {
        public StrangerTwiceThenAllocatedAgain() {
            super(Subjects.ownedShard());
            Subjects.free(b);
        }

        @Actor
        public void stranger(ZZZ_Result result) {
            result.r1 = Subjects.free(a);
            result.r2 = Subjects.free(a);
        }

        @Actor
        public void collect() {
            Subjects.collectAsOwner(shard);
        }

        /* Both actors are done: the program is sequential from here on. */
        @Arbiter
        public void after(ZZZ_Result result) {
            if (!result.r2) {
                shard.collectRemoteFrees();
            }
            long[] taken = new long[1024];
            int count = 0;
            do {
                taken[count] = Subjects.allocate(shard);
            } while (taken[count++] != a);
            shard.collectRemoteFrees();
            result.r3 = BlockMap.isLive(a);
            for (int i = 0; i < count; i++) {
                if (BlockMap.isLive(taken[i])) {
                    Subjects.freeAsOwner(slab, taken[i]);
                }
            }
            Subjects.isAllFreeOnce(slab);
        }
    }

    /** A stranger frees while the owner collects; then the owner, who knows of the free, frees once more. */
    @JCStressTest
    @Outcome(id = "true, false, true", expect = ACCEPTABLE, desc = "The owner's free was refused.")
    @Outcome(expect = FORBIDDEN, desc = "The owner's free was not refused, or the block is not free once.")
    @State
    public static class OwnerCollectsThenFreesAfterStranger extends RemoteFreeStressTest.TwoBlocks {
        private volatile boolean freed;

        public OwnerCollectsThenFreesAfterStranger() {
            super(Subjects.ownedShard());
            Subjects.free(b);
        }

        @Actor
        public void stranger(ZZZ_Result result) {
            result.r1 = Subjects.free(a);
            freed = true;
        }

        @Actor
        public void owner(ZZZ_Result result) {
            Subjects.collectAsOwner(shard);
            while (!freed) {
                Thread.onSpinWait();
            }
            result.r2 = Subjects.freeAsOwner(slab, a);
        }

        @Arbiter
        public void after(ZZZ_Result result) {
            shard.collectRemoteFrees();
            result.r3 = !isLive() && Subjects.isAllFreeOnce(slab);
        }
    }
}
