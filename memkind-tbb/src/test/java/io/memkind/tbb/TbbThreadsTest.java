package io.memkind.tbb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.InvalidAddressException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Kinds that TBB manages, while threads of all sorts come and go, and the kind is closed. */
@ExtendWith(NeedsTbb.class)
class TbbThreadsTest {
    private static MemoryKind open() {
        return MemoryKind.builder(Kinds.DEFAULT).name("tbb").heapManager("TBB").build();
    }

    private static void churn(MemoryKind kind, int rounds) {
        List<Long> live = new ArrayList<>();
        for (int i = 0; i < rounds; i++) {
            live.add(kind.malloc(1 + (i * 37L) % 20_000));
            if (live.size() > 50) {
                kind.free(live.removeFirst());
            }
        }
        live.forEach(kind::free);
    }

    /* The threads run the pool's destructor of their caches when the JVM has let them go: while the kind is closed. */
    @Test
    void aKindIsClosedRightAfterItsThreadsHaveEnded() throws Exception {
        for (int round = 0; round < 200; round++) {
            MemoryKind kind = open();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                threads.add(Thread.ofPlatform().start(() -> churn(kind, 200)));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            kind.close();
            assertThat(kind.statistics().mappedBytes()).as("round %d", round).isZero();
        }
    }

    @Test
    void blocksOfADeadThreadAreFreedByAnotherAndTheirMemoryGoesBack() throws Exception {
        try (MemoryKind kind = open()) {
            List<Long> blocks = new ArrayList<>();
            for (int i = 0; i < 300; i++) {
                Thread thread = Thread.ofPlatform().start(() -> {
                    for (int j = 0; j < 20; j++) {
                        blocks.add(kind.malloc(100));
                    }
                });
                thread.join();
            }
            assertThat(blocks).doesNotHaveDuplicates().hasSize(6000);
            assertThat(kind.statistics().mappedBytes()).isLessThan(64 << 20);
            blocks.forEach(kind::free);
            kind.trim();
            assertThat(kind.statistics().activeBytes()).isZero();
        }
    }

    @Test
    void virtualThreadsShareAFewThreadsThatStay() throws Exception {
        try (MemoryKind kind = open()) {
            AtomicLong done = new AtomicLong();
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 200; i++) {
                threads.add(Thread.ofVirtual().start(() -> {
                    churn(kind, 20);
                    done.incrementAndGet();
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(done).hasValue(200);
            assertThat(kind.statistics().allocatedBytes()).isZero();
            kind.trim();
            assertThat(kind.statistics().activeBytes()).isZero();
        }
    }

    @Test
    void aKindIsClosedWhileThreadsUseIt() throws Exception {
        for (int round = 0; round < 50; round++) {
            MemoryKind kind = open();
            CountDownLatch begun = new CountDownLatch(3);
            List<Thread> threads = new ArrayList<>();
            AtomicLong refused = new AtomicLong();
            for (int i = 0; i < 3; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        while (true) {
                            kind.free(kind.malloc(500));
                            begun.countDown();
                        }
                    } catch (IllegalStateException | InvalidAddressException e) {
                        refused.incrementAndGet();
                    }
                }));
            }
            begun.await();
            kind.close();
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(refused).hasValue(3);
            assertThatIllegalStateException().isThrownBy(() -> kind.malloc(1));
        }
    }

    @Test
    void trimmingBesideThreadsLosesNothing() throws Exception {
        try (MemoryKind kind = open()) {
            AtomicLong running = new AtomicLong(2);
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                threads.add(Thread.ofPlatform().start(() -> {
                    for (int j = 0; j < 300; j++) {
                        churn(kind, 10);
                    }
                    running.decrementAndGet();
                }));
            }
            while (running.get() > 0) {
                kind.trim();
                Thread.sleep(1);
            }
            for (Thread thread : threads) {
                thread.join();
            }
            assertThat(kind.statistics().allocatedBytes()).isZero();
        }
    }
}
