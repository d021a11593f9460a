package io.memkind.internal.heap;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@link LargeBlock}: of two frees at the same time one wins. */
public final class LargeBlockStressTest {
    private LargeBlockStressTest() {}

    /** The block alone. */
    @JCStressTest
    @Outcome(
            id = {"true, false", "false, true"},
            expect = ACCEPTABLE,
            desc = "One ended the block's life.")
    @Outcome(expect = FORBIDDEN, desc = "Both did, or none.")
    @State
    public static class TwoEndOneLife {
        private final LargeBlock block = new LargeBlock(Subjects.HEAP, 0, 0, 1);

        @Actor
        public void first(ZZ_Result result) {
            result.r1 = block.casDead();
        }

        @Actor
        public void second(ZZ_Result result) {
            result.r2 = block.casDead();
        }
    }

    /** Through the heap, down to the pool; the loser may find the block, free pages or nothing in the page map. */
    @JCStressTest
    @Outcome(id = "true, false, false", expect = ACCEPTABLE, desc = "The first freed, the second was refused.")
    @Outcome(id = "false, true, false", expect = ACCEPTABLE, desc = "The second freed, the first was refused.")
    @Outcome(expect = FORBIDDEN, desc = "Both freed, or none, or the block lives on.")
    @State
    public static class TwoFreeOneBlock {
        private final long block = Subjects.HEAP.allocate(SizeClasses.MAX_SLAB_BLOCK_BYTES + 1);

        @Actor
        public void first(ZZZ_Result result) {
            result.r1 = Subjects.free(block);
        }

        @Actor
        public void second(ZZZ_Result result) {
            result.r2 = Subjects.free(block);
        }

        @Arbiter
        public void lives(ZZZ_Result result) {
            result.r3 = result.r1 == result.r2 && Subjects.HEAP.owns(block);
        }
    }
}
