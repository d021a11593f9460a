package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.Workers;
import io.memkind.internal.extent.FaultyMemory;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.LinuxMemory;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** One thread at a time is inside a gate. */
class ShardGateTest {
    private static final long KEY_BASE = 1L << 50;

    private static final class Gate extends ShardGate {
        /* Not atomic: increments are lost when two are inside. */
        long first;
        long second;

        Gate() {}

        Gate(Thread owner) {
            super(owner, KEY_BASE);
        }

        void count() {
            long before = first;
            assertThat(second).as("seen by who is inside").isEqualTo(before);
            first = before + 1;
            second = before + 1;
        }
    }

    @Test
    void ownerAndVisitorsExcludeEachOther() {
        int visits = 3_000;
        AtomicReference<Gate> shared = new AtomicReference<>();
        AtomicBoolean visitorsDone = new AtomicBoolean();
        CountDownLatch made = new CountDownLatch(1);
        long[] entries = new long[2];
        Workers.run(3, worker -> {
            if (worker == 0) {
                Gate gate = new Gate(Thread.currentThread());
                shared.set(gate);
                made.countDown();
                while (!visitorsDone.get()) {
                    entries[0] += enterOften(gate);
                }
            } else {
                made.await();
                for (int i = 0; i < visits; i++) {
                    Gate gate = shared.get();
                    assertThat(gate.visit(LinuxMemory.INSTANCE, gate::count)).isTrue();
                }
                if (worker == 1) {
                    entries[1] = visits;
                } else {
                    while (entries[1] == 0) {
                        Thread.sleep(1);
                    }
                    visitorsDone.set(true);
                }
            }
        });
        assertThat(shared.get().first).isEqualTo(entries[0] + 2L * visits);
        assertThat(shared.get().second).isEqualTo(entries[0] + 2L * visits);
    }

    private static int enterOften(Gate gate) {
        for (int i = 0; i < 1_000; i++) {
            gate.enterAsOwner();
            gate.count();
            gate.exit();
        }
        return 1_000;
    }

    @Test
    void threadsOfAStripeExcludeEachOther() {
        Gate stripe = new Gate();
        int entries = 50_000;
        Workers.run(3, worker -> {
            for (int i = 0; i < entries; i++) {
                while (!stripe.tryEnterStripe()) {
                    Thread.yield();
                }
                stripe.count();
                stripe.exit();
            }
        });
        assertThat(stripe.first).isEqualTo(3L * entries);
    }

    @Test
    void aShutGateLetsNobodyIn() {
        Gate gate = new Gate(Thread.currentThread());
        Workers.run(1, worker -> assertThat(gate.shut(LinuxMemory.INSTANCE)).isTrue());
        assertThat(gate.tryEnterAsOwner()).isFalse();
        assertThatIllegalStateException().isThrownBy(gate::enterAsOwner);
        Workers.run(
                1,
                worker -> assertThat(gate.visit(LinuxMemory.INSTANCE, gate::count))
                        .isFalse());
        assertThat(gate.first).isZero();
    }

    @Test
    void aShutStripeLetsNobodyIn() {
        Gate stripe = new Gate();
        assertThat(stripe.shut(LinuxMemory.INSTANCE)).isTrue();
        assertThat(stripe.tryEnterStripe()).isFalse();
    }

    @Test
    void onlyADeadThreadsGateIsInherited() throws InterruptedException {
        CountDownLatch end = new CountDownLatch(1);
        Thread owner = Thread.ofPlatform().daemon().start(() -> {
            try {
                end.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        });
        Gate gate = new Gate(owner);
        Thread heir = Thread.currentThread();
        assertThat(gate.inherit(heir, KEY_BASE)).isZero();
        end.countDown();
        owner.join();
        assertThat(gate.inherit(heir, KEY_BASE)).isEqualTo(KEY_BASE + owner.threadId());
        assertThat(gate.ownerKey).isEqualTo(KEY_BASE + heir.threadId());
        assertThat(gate.inherit(heir, KEY_BASE)).isZero();
    }

    @Test
    void withoutAProcessBarrierALiveOwnersGateIsNotVisited() {
        FaultyMemory memory = new FaultyMemory();
        memory.failAll(FaultyMemory.Call.MEMBARRIER, Errno.ENOSYS);
        Gate gate = new Gate(Thread.currentThread());
        Workers.run(1, worker -> assertThat(gate.visit(memory, gate::count)).isFalse());
        assertThat(gate.first).isZero();
        gate.enterAsOwner();
        gate.exit();
    }
}
