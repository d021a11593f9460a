package io.memkind.tier;

import static io.memkind.tier.TestTiers.liveBlocks;
import static io.memkind.tier.TestTiers.liveBytes;
import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.InvalidAddressException;
import io.memkind.Seeds;
import io.memkind.Workers;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TierThreadsTest {
    private final TestTiers tiers = new TestTiers();

    @AfterEach
    void close() {
        tiers.close();
    }

    private TieredMemory memory(TierPolicy policy) {
        return tiers.build(TieredMemory.builder(policy).tier(tiers.kind(), 1).tier(tiers.kind(), 4));
    }

    @Test
    void aThousandThreadsCountExactlyAndOthersFree() {
        int threads = 1000;
        int blocks = 5000;
        TieredMemory memory = memory(TierPolicy.STATIC_RATIO);
        long[][] addresses = new long[threads][blocks];
        Workers.run(threads, worker -> {
            for (int i = 0; i < blocks; i++) {
                addresses[worker][i] = memory.malloc(16);
            }
        });
        assertThat(liveBytes(memory, 0) + liveBytes(memory, 1)).isEqualTo(16L * threads * blocks);
        assertThat(liveBlocks(memory, 0) + liveBlocks(memory, 1)).isEqualTo((long) threads * blocks);
        assertThat(liveBytes(memory, 1) / (double) liveBytes(memory, 0)).isBetween(3.8, 4.2);
        Workers.run(threads, worker -> {
            for (long address : addresses[threads - 1 - worker]) {
                memory.free(address);
            }
        });
        TestTiers.assertEmpty(memory);
    }

    @Test
    void theRatioHoldsFromTheFirstAllocationsOfManyThreadsOn() {
        int threads = 16;
        for (int round = 0; round < 20; round++) {
            TieredMemory memory = memory(TierPolicy.STATIC_RATIO);
            Workers.run(threads, worker -> {
                for (int i = 0; i < 50; i++) {
                    memory.malloc(64);
                }
            });
            /* Each thread may be about one block, which the others do not see yet. */
            assertThat(Math.abs(4 * liveBytes(memory, 0) - liveBytes(memory, 1)))
                    .isLessThanOrEqualTo(threads * 64L * 5);
        }
    }

    @ParameterizedTest
    @EnumSource(TierPolicy.class)
    void readersAreWithinTheStatedBoundAtAnyInstant(TierPolicy policy) {
        int threads = 4;
        long most = 100_000;
        TieredMemory memory = memory(policy);
        AtomicBoolean done = new AtomicBoolean();
        AtomicInteger working = new AtomicInteger(threads);
        AtomicInteger reads = new AtomicInteger();
        AtomicLongArray exchange = new AtomicLongArray(256);
        Workers workers =
                Workers.start(threads + 1, Thread.ofPlatform().daemon().factory(), worker -> {
                    if (worker == threads) {
                        long slack = 2L * Stripes.COUNT * TierCounter.MAX_CELL_BYTES
                                + threads * (3000 + TierCounter.MAX_CELL_BYTES);
                        long blockSlack = (2L * Stripes.COUNT + threads) * (TierCounter.MAX_CELL_BLOCKS + 1);
                        while (!done.get()) {
                            for (TierStatistics tier : memory.statistics()) {
                                assertThat(tier.liveBytes()).isBetween(-slack, 256 * 3000 + slack);
                                assertThat(tier.liveBlocks()).isBetween(-blockSlack, 256 + blockSlack);
                            }
                            reads.incrementAndGet();
                        }
                        return;
                    }
                    try {
                        Random random = Seeds.random(300 + worker);
                        for (int i = 0; i < most; i++) {
                            long block = memory.malloc(random.nextInt(3000));
                            long other = exchange.getAndSet(random.nextInt(256), block);
                            memory.free(other);
                        }
                    } finally {
                        if (working.decrementAndGet() == 0) {
                            done.set(true);
                        }
                    }
                });
        workers.join();
        assertThat(reads.get()).isPositive();
        for (int i = 0; i < exchange.length(); i++) {
            memory.free(exchange.get(i));
        }
        TestTiers.assertEmpty(memory);
    }

    @Test
    void ofTwoFreesOfABlockOneThrowsAndTheBlockIsCountedOnce() {
        TieredMemory memory = memory(TierPolicy.STATIC_RATIO);
        int blocks = 20_000;
        long[] addresses = new long[blocks];
        for (int i = 0; i < blocks; i++) {
            addresses[i] = memory.malloc(8 + i % 300);
        }
        AtomicInteger refused = new AtomicInteger();
        Workers.run(2, worker -> {
            for (long address : addresses) {
                try {
                    memory.free(address);
                } catch (InvalidAddressException e) {
                    refused.incrementAndGet();
                }
            }
        });
        assertThat(refused.get()).isEqualTo(blocks);
        TestTiers.assertEmpty(memory);
    }

    @Test
    void virtualThreadsResizeAndFree() {
        TieredMemory memory = memory(TierPolicy.DYNAMIC_THRESHOLD);
        Workers.start(500, Thread.ofVirtual().factory(), worker -> {
                    Random random = Seeds.random(400 + worker);
                    long block = memory.malloc(random.nextInt(2000));
                    for (int i = 0; i < 200; i++) {
                        block = memory.realloc(block, random.nextInt(4000));
                        if (i % 16 == 0) {
                            Thread.yield();
                        }
                    }
                    memory.free(block);
                })
                .join();
        TestTiers.assertEmpty(memory);
    }

    @Test
    void closingWhileOthersAllocateLeavesNothing() {
        for (int round = 0; round < 30; round++) {
            TieredMemory memory = memory(TierPolicy.STATIC_RATIO);
            AtomicInteger served = new AtomicInteger();
            Workers.run(4, worker -> {
                long block = 0;
                try {
                    for (int i = 0; i < 1_000_000; i++) {
                        if (worker == 0 && i == 2000) {
                            memory.close();
                        }
                        block = i % 3 == 0 ? memory.realloc(block, 200) : memory.malloc(100);
                        served.incrementAndGet();
                    }
                } catch (IllegalStateException | InvalidAddressException e) {
                    /* It was closed meanwhile. */
                    return;
                }
                throw new AssertionError("worker " + worker + " was not refused");
            });
            assertThat(served.get()).isGreaterThanOrEqualTo(2000);
            TestTiers.assertEmpty(memory);
        }
    }
}
