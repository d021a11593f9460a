package io.memkind.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Seeds;
import io.memkind.Workers;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TierCounterTest {
    private final TierCounter counter = new TierCounter();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2})
    void countsAreThoseOfTheModelInAnyOrder(int run) {
        Random random = Seeds.random(600 + run);
        long bytes = 0;
        long allocated = 0;
        long freed = 0;
        for (int i = 0; i < 200_000; i++) {
            int stripe = random.nextInt(Stripes.COUNT);
            long size = random.nextInt(20) == 0 ? random.nextLong(1L << 40) : random.nextLong(1L << random.nextInt(17));
            /* Frees before allocations too: one stripe frees what another allocates. */
            switch (random.nextInt(3)) {
                case 0 -> {
                    counter.allocated(stripe, size);
                    bytes += size;
                    allocated++;
                }
                case 1 -> {
                    counter.freed(stripe, size);
                    bytes -= size;
                    freed++;
                }
                default -> {
                    counter.resized(stripe, size, size / 2);
                    bytes += size / 2 - size;
                }
            }
            assertThat(counter.liveBytes()).as(Seeds.describe(600 + run)).isEqualTo(bytes);
            assertThat(Math.abs(counter.liveBytesFrom(stripe) - bytes))
                    .isLessThanOrEqualTo((Stripes.COUNT - 1) * TierCounter.MAX_CELL_BYTES);
            if (i % 100 == 0) {
                assertThat(counter.allocatedBlocks()).isEqualTo(allocated);
                assertThat(counter.liveBlocks()).isEqualTo(allocated - freed);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 100, 40_000})
    void manyBlocksOfOneSizeOverflowNothing(long byteSize) {
        int blocks = 300_000;
        for (int i = 0; i < blocks; i++) {
            counter.allocated(0, byteSize);
        }
        assertThat(counter.liveBytes()).isEqualTo(blocks * byteSize);
        assertThat(counter.allocatedBlocks()).isEqualTo(blocks);
        for (int i = 0; i < blocks; i++) {
            counter.freed(0, byteSize);
        }
        assertThat(counter.liveBytes()).isZero();
        assertThat(counter.allocatedBlocks()).isEqualTo(blocks);
        assertThat(counter.liveBlocks()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 8})
    void threadsOnOneStripeLoseNothing(int threads) {
        Workers.run(threads, worker -> {
            for (int i = 1; i <= 100_000; i++) {
                counter.allocated(0, i & 0xFFF);
                if ((i & 1) == 0) {
                    counter.freed(0, i & 0xFFF);
                }
            }
        });
        long odd = 0;
        for (int i = 1; i <= 100_000; i += 2) {
            odd += i & 0xFFF;
        }
        assertThat(counter.liveBytes()).isEqualTo(threads * odd);
        assertThat(counter.allocatedBlocks()).isEqualTo(threads * 100_000L);
        assertThat(counter.liveBlocks()).isEqualTo(threads * 50_000L);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 64, 1000})
    void aSmallTotalIsSeenByAllStripes(long byteSize) {
        long total = 0;
        for (int i = 0; i < 1000; i++) {
            counter.allocated(i % Stripes.COUNT, byteSize);
            total += byteSize;
            for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
                assertThat(total - counter.liveBytesFrom(stripe)).isBetween(0L, total / 32);
            }
        }
    }
}
