package io.memkind.internal.heap;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE_INTERESTING;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import io.memkind.internal.os.LinuxMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * {@link ShardGate}: never two threads inside. The gate itself, and a model of its protocol with and without the process
 * barrier; the model without it shows that tests of this kind can see the failure.
 *
 * <p>An owned gate does not look at who calls the owner's methods, so an actor can play the owner.
 */
public final class ShardGateStressTest {
    private ShardGateStressTest() {}

    /** The first step of each side: nobody leaves, and the visitor looks only once. */
    static class Model {
        private static final VarHandle BUSY;
        private static final VarHandle REVOKED;

        static {
            try {
                MethodHandles.Lookup lookup = MethodHandles.lookup();
                BUSY = lookup.findVarHandle(Model.class, "busy", int.class);
                REVOKED = lookup.findVarHandle(Model.class, "revoked", boolean.class);
            } catch (ReflectiveOperationException e) {
                throw new ExceptionInInitializerError(e);
            }
        }

        @SuppressWarnings("unused") // by BUSY
        private int busy;

        @SuppressWarnings("unused") // by REVOKED
        private boolean revoked;

        final boolean ownerEnters() {
            BUSY.setOpaque(this, 1);
            return !(boolean) REVOKED.getAcquire(this);
        }

        final boolean visitorEnters(boolean barrier) {
            REVOKED.setVolatile(this, true);
            if (barrier && LinuxMemory.INSTANCE.processBarrier() != 0) {
                return false;
            }
            return (int) BUSY.getVolatile(this) == 0;
        }
    }

    /** The protocol. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The owner is inside, the visitor would wait.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The visitor is inside, the owner would wait.")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Each saw the other coming.")
    @Outcome(expect = FORBIDDEN, desc = "Both are inside.")
    @State
    public static class ModelWithBarrier extends Model {
        @Actor
        public void owner(ZZ_Result result) {
            result.r1 = ownerEnters();
        }

        @Actor
        public void visitor(ZZ_Result result) {
            result.r2 = visitorEnters(true);
        }
    }

    /** What the barrier is for. */
    @JCStressTest
    @Outcome(id = "true, false", expect = ACCEPTABLE, desc = "The owner is inside, the visitor would wait.")
    @Outcome(id = "false, true", expect = ACCEPTABLE, desc = "The visitor is inside, the owner would wait.")
    @Outcome(id = "false, false", expect = ACCEPTABLE, desc = "Each saw the other coming.")
    @Outcome(
            id = "true, true",
            expect = ACCEPTABLE_INTERESTING,
            desc = "Both are inside: the failure that can be seen.")
    @State
    public static class ModelWithoutBarrier extends Model {
        @Actor
        public void owner(ZZ_Result result) {
            result.r1 = ownerEnters();
        }

        @Actor
        public void visitor(ZZ_Result result) {
            result.r2 = visitorEnters(false);
        }
    }

    /** What two threads do inside a gate, and how they notice each other. */
    abstract static class Room extends ShardGate {
        static final int KEPT_OUT = 0;
        static final int ALONE = 1;
        static final int NOT_ALONE = 2;

        private volatile boolean firstInside;
        private volatile boolean secondInside;
        /* Plain: the gate is to make it safe. */
        private int visits;

        Room() {}

        Room(Thread owner) {
            super(owner, 0);
        }

        final int beInsideAsFirst() {
            firstInside = true;
            boolean alone = !secondInside;
            visits++;
            alone &= !secondInside;
            firstInside = false;
            return alone ? ALONE : NOT_ALONE;
        }

        final int beInsideAsSecond() {
            secondInside = true;
            boolean alone = !firstInside;
            visits++;
            alone &= !firstInside;
            secondInside = false;
            return alone ? ALONE : NOT_ALONE;
        }

        /** Visits that the counter has lost. */
        final int lostVisits(III_Result result) {
            return (result.r1 == KEPT_OUT ? 0 : 1) + (result.r2 == KEPT_OUT ? 0 : 1) - visits;
        }
    }

    /** The owner tries once. */
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "Both were inside, one after the other.")
    @Outcome(id = "0, 1, 0", expect = ACCEPTABLE, desc = "The visitor was inside, the owner kept out.")
    @Outcome(
            id = {"0, 0, 0", "1, 0, 0"},
            expect = ACCEPTABLE,
            desc = "No process barrier, or the owner lost the processor for too long.")
    @Outcome(expect = FORBIDDEN, desc = "Both were inside at a time, or did not see each other's work.")
    @State
    public static class OwnerTries extends Room {
        public OwnerTries() {
            super(Subjects.OWNER);
        }

        @Actor
        public void owner(III_Result result) {
            if (tryEnterAsOwner()) {
                result.r1 = beInsideAsFirst();
                exit();
            }
        }

        @Actor
        public void visitor(III_Result result) {
            visit(LinuxMemory.INSTANCE, () -> result.r2 = beInsideAsSecond());
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = lostVisits(result);
        }
    }

    /** The owner waits until it is inside. */
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "Both were inside, one after the other.")
    @Outcome(
            id = "1, 0, 0",
            expect = ACCEPTABLE,
            desc = "No process barrier, or the owner lost the processor for too long.")
    @Outcome(expect = FORBIDDEN, desc = "Both were inside at a time, or did not see each other's work.")
    @State
    public static class OwnerWaits extends Room {
        public OwnerWaits() {
            super(Subjects.OWNER);
        }

        @Actor
        public void owner(III_Result result) {
            enterAsOwner();
            result.r1 = beInsideAsFirst();
            exit();
        }

        @Actor
        public void visitor(III_Result result) {
            visit(LinuxMemory.INSTANCE, () -> result.r2 = beInsideAsSecond());
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = lostVisits(result);
        }
    }

    /** Two threads try to enter a stripe. */
    @JCStressTest
    @Outcome(id = "1, 1, 0", expect = ACCEPTABLE, desc = "Both were inside, one after the other.")
    @Outcome(
            id = {"1, 0, 0", "0, 1, 0"},
            expect = ACCEPTABLE,
            desc = "One was inside, the other kept out.")
    @Outcome(expect = FORBIDDEN, desc = "Both were inside at a time, or none, or they did not see each other's work.")
    @State
    public static class TwoTryStripe extends Room {
        @Actor
        public void first(III_Result result) {
            if (tryEnterStripe()) {
                result.r1 = beInsideAsFirst();
                exit();
            }
        }

        @Actor
        public void second(III_Result result) {
            if (tryEnterStripe()) {
                result.r2 = beInsideAsSecond();
                exit();
            }
        }

        @Arbiter
        public void after(III_Result result) {
            result.r3 = lostVisits(result);
        }
    }
}
