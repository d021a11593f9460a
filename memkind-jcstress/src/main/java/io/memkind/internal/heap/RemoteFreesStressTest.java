package io.memkind.internal.heap;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** {@link RemoteFrees}: every slab that was pushed is taken, once. A result names the slabs in the order of the chain. */
public final class RemoteFreesStressTest {
    private RemoteFreesStressTest() {}

    static class Queue {
        private static final Shard SHARD = Subjects.ownedShard();

        final RemoteFrees queue = new RemoteFrees();
        final Slab a = new Slab(SHARD, 0, 0, 1);
        final Slab b = new Slab(SHARD, 0, 0, 1);

        String takeAll() {
            String taken = "";
            for (Slab slab = queue.takeAll(); slab != null && taken.length() < 5; slab = slab.nextRemote) {
                taken += nameOf(slab);
            }
            return taken.isEmpty() ? "none" : taken;
        }

        private String nameOf(@Nullable Slab slab) {
            return slab == a ? "A" : slab == b ? "B" : "?";
        }
    }

    /** Two threads push, the owner takes. */
    @JCStressTest
    @Outcome(id = "none, (AB|BA)", expect = ACCEPTABLE, desc = "The owner came before both.")
    @Outcome(
            id = {"A, B", "B, A"},
            expect = ACCEPTABLE,
            desc = "The owner came between the two.")
    @Outcome(id = "(AB|BA), none", expect = ACCEPTABLE, desc = "The owner came after both.")
    @Outcome(expect = FORBIDDEN, desc = "A slab was lost, or taken twice.")
    @State
    public static class TwoPushOneTakes extends Queue {
        @Actor
        public void pushA() {
            queue.push(a);
        }

        @Actor
        public void pushB() {
            queue.push(b);
        }

        @Actor
        public void take(LL_Result result) {
            result.r1 = takeAll();
        }

        @Arbiter
        public void takeRest(LL_Result result) {
            result.r2 = takeAll();
        }
    }

    /** Two threads push. */
    @JCStressTest
    @Outcome(
            id = {"AB", "BA"},
            expect = ACCEPTABLE,
            desc = "Both are in the queue.")
    @Outcome(expect = FORBIDDEN, desc = "A slab was lost, or taken twice.")
    @State
    public static class TwoPush extends Queue {
        @Actor
        public void pushA() {
            queue.push(a);
        }

        @Actor
        public void pushB() {
            queue.push(b);
        }

        @Arbiter
        public void take(L_Result result) {
            result.r1 = takeAll();
        }
    }

    /** The owner takes while a second slab is pushed onto a first. */
    @JCStressTest
    @Outcome(id = "A, B", expect = ACCEPTABLE, desc = "The owner came before the push.")
    @Outcome(id = "BA, none", expect = ACCEPTABLE, desc = "The owner came after the push.")
    @Outcome(expect = FORBIDDEN, desc = "A slab was lost, or taken twice.")
    @State
    public static class OnePushesOneTakes extends Queue {
        public OnePushesOneTakes() {
            queue.push(a);
        }

        @Actor
        public void pushB() {
            queue.push(b);
        }

        @Actor
        public void take(LL_Result result) {
            result.r1 = takeAll();
        }

        @Arbiter
        public void takeRest(LL_Result result) {
            result.r2 = takeAll();
        }
    }
}
