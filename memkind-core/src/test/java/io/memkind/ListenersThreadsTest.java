package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Listeners come and go while threads run compiled loops. */
class ListenersThreadsTest {
    private static final int THREADS = 3;
    private static final int ROUNDS = 20;

    @Test
    void everyThreadTellsAfterInstallAndNoneAfterRemoval() throws Exception {
        try (MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT).name("busy").build()) {
            Busy busy = new Busy(kind);
            busy.start();
            for (int round = 0; round < ROUNDS; round++) {
                Balance balance = new Balance(kind);
                Listeners.Registration registration = Listeners.install(balance);
                balance.allTold.await();
                registration.close();
                long begun = busy.awaitNextPair();
                long told = balance.told.get();
                busy.awaitNextPair();
                assertThat(balance.told.get()).as("told since the removal").isEqualTo(told);
                assertThat(balance.open.get()).as("operations without an end").isZero();
                assertThat(begun).isPositive();
            }
            busy.stop();
            assertThat(kind.statistics().allocatedBytes()).isZero();
        }
    }

    /** Waits until each thread has told. */
    private static final class Balance implements OperationListener {
        final MemoryKind kind;
        final AtomicLong told = new AtomicLong();
        final AtomicLong open = new AtomicLong();
        final CountDownLatch allTold = new CountDownLatch(THREADS);
        private final Map<Thread, Boolean> seen = new ConcurrentHashMap<>();

        Balance(MemoryKind kind) {
            this.kind = kind;
        }

        @Override
        public void before(Operation operation) {
            if (operation.kind() == kind) {
                told.incrementAndGet();
                open.incrementAndGet();
                if (seen.put(Thread.currentThread(), true) == null) {
                    allTold.countDown();
                }
            }
        }

        @Override
        public void after(Operation operation) {
            if (operation.kind() == kind) {
                open.decrementAndGet();
            }
        }
    }

    /** Threads that allocate and free. */
    private static final class Busy {
        private final MemoryKind kind;
        private final Thread[] threads = new Thread[THREADS];
        private final AtomicLong[] pairs = new AtomicLong[THREADS];
        private volatile boolean stopping;

        Busy(MemoryKind kind) {
            this.kind = kind;
        }

        void start() {
            for (int i = 0; i < THREADS; i++) {
                AtomicLong own = new AtomicLong();
                pairs[i] = own;
                threads[i] = Thread.ofPlatform().daemon().start(() -> {
                    while (!stopping) {
                        kind.free(kind.malloc(64));
                        own.lazySet(own.get() + 1);
                    }
                });
            }
        }

        /** Returns when each thread has ended the pair that it is in, and another one. */
        long awaitNextPair() throws InterruptedException {
            long sum = 0;
            for (AtomicLong own : pairs) {
                long now = own.get();
                while (own.get() < now + 2) {
                    Thread.sleep(1);
                }
                sum += now;
            }
            return sum + 1;
        }

        void stop() throws InterruptedException {
            stopping = true;
            for (Thread thread : threads) {
                thread.join();
            }
        }
    }
}
