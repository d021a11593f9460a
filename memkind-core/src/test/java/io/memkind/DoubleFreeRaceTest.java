package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A block is freed twice at the same instant. */
class DoubleFreeRaceTest {
    private static final int ROUNDS = 10_000;

    private final MemoryKind kind = TestKinds.open();

    private boolean tryFree(long block) {
        try {
            kind.free(block);
            return true;
        } catch (InvalidAddressException e) {
            return false;
        }
    }

    /* Threads meet at each round by spinning, which hits closer than a barrier. */
    private static void meet(AtomicInteger arrived, int target) {
        arrived.incrementAndGet();
        int spins = 0;
        while (arrived.get() < target) {
            if (++spins > 1_000) {
                Thread.yield();
            } else {
                Thread.onSpinWait();
            }
            assertThat(spins).as("the others have failed").isLessThan(20_000_000);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 64, 1000, 100_000})
    void ofTwoThreadsThatDoNotOwnTheBlockOneFreesIt(long size) {
        AtomicLong block = new AtomicLong();
        AtomicInteger arrived = new AtomicInteger();
        AtomicInteger freed = new AtomicInteger();
        CyclicBarrier roundEnd = new CyclicBarrier(3);
        int rounds = ROUNDS / 4;
        Workers.run(3, worker -> {
            for (int round = 1; round <= rounds; round++) {
                if (worker == 2) {
                    block.set(kind.malloc(size));
                }
                meet(arrived, 3 * round);
                if (worker != 2 && tryFree(block.get())) {
                    freed.incrementAndGet();
                }
                roundEnd.await();
                assertThat(freed.get()).as("frees in round %d", round).isEqualTo(round);
                roundEnd.await();
            }
        });
        TestKinds.closeEmpty(kind);
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 64, 1000, 100_000})
    void ofTheOwnerAndAnotherThreadAtLeastOneFreesItAndItIsFreeOnce(long size) {
        AtomicLong block = new AtomicLong();
        AtomicInteger arrived = new AtomicInteger();
        AtomicInteger freed = new AtomicInteger();
        Workers.run(2, worker -> {
            for (int round = 1; round <= ROUNDS; round++) {
                if (worker == 0) {
                    freed.set(0);
                    block.set(kind.malloc(size));
                }
                meet(arrived, 4 * round - 2);
                if (tryFree(block.get())) {
                    freed.incrementAndGet();
                }
                meet(arrived, 4 * round);
                if (worker == 0) {
                    assertThat(freed.get()).as("frees in round %d", round).isBetween(1, 2);
                    assertNoBlockIsGivenTwice(size, round);
                }
            }
        });
        TestKinds.closeEmpty(kind);
    }

    /* After both frees have returned: what is allocated now is live until it is freed, once. */
    private void assertNoBlockIsGivenTwice(long size, int round) {
        Set<Long> blocks = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            long next = kind.malloc(size);
            assertThat(blocks.add(next))
                    .as("block given twice in round %d", round)
                    .isTrue();
        }
        kind.free(kind.malloc(size + size / 2 + 8));
        for (long next : blocks) {
            assertThat(kind.usableSize(next)).as("live in round %d", round).isGreaterThanOrEqualTo(size);
            kind.free(next);
            assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> kind.free(next));
        }
    }

    /* The first free has returned long before; only its collection by the owner is still to come. */
    @Test
    void aSecondFreeDuringCollectionIsRefused() {
        AtomicLong block = new AtomicLong();
        AtomicInteger arrived = new AtomicInteger();
        Workers.run(2, worker -> {
            for (int round = 1; round <= ROUNDS; round++) {
                if (worker == 0) {
                    block.set(kind.malloc(64));
                }
                meet(arrived, 6 * round - 4);
                if (worker == 1) {
                    kind.free(block.get());
                }
                meet(arrived, 6 * round - 2);
                if (worker == 0) {
                    kind.trim();
                } else {
                    for (int i = 0; i < 20; i++) {
                        assertThat(tryFree(block.get()))
                                .as("second free in round %d", round)
                                .isFalse();
                    }
                }
                meet(arrived, 6 * round);
            }
        });
        TestKinds.closeEmpty(kind);
    }
}
