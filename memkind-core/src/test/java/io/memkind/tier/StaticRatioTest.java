package io.memkind.tier;

import static io.memkind.tier.TestTiers.liveBytes;
import static io.memkind.tier.TestTiers.tierOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.memkind.MemoryKind;
import io.memkind.Seeds;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StaticRatioTest {
    private final TestTiers tiers = new TestTiers();

    @AfterEach
    void close() {
        tiers.close();
    }

    /* The numbers of the C library's test: it counts usable sizes, which are larger than what was asked for at two places. */
    @Test
    void picksTiersInTheOrderOfTheCLibrary() {
        long[] kibibytes = {
            160, 160, 160, 160, 80, 160, 160, 360, 80, 160, 1280, 2560, 5120, 7168, 1600, 3072, 1024, 2560
        };
        int[] expectedTiers = {0, 1, 1, 1, 1, 1, 0, 1, 1, 1, 0, 1, 1, 0, 1, 1, 1, 1};
        double[] usableRatios = {1, .5, .33, .28, .22, .44, .28, .27, .23, 1.19, .40, .17, .97, .81, .63, .5879, .5};
        TieredMemory memory = tiers.ratios(1, 4);
        List<Long> blocks = new ArrayList<>();
        long[] usable = new long[2];
        long[] requested = new long[2];
        for (int i = 0; i < kibibytes.length; i++) {
            long block = memory.malloc(kibibytes[i] << 10);
            blocks.add(block);
            assertThat(tierOf(memory, block)).as("tier of block %d", i).isEqualTo(expectedTiers[i]);
            usable[expectedTiers[i]] += memory.usableSize(block);
            requested[expectedTiers[i]] += kibibytes[i] << 10;
            for (int tier = 0; tier < 2; tier++) {
                assertThat(liveBytes(memory, tier)).isEqualTo(requested[tier]);
                assertThat(memory.kinds().get(tier).statistics().allocatedBytes())
                        .isEqualTo(usable[tier]);
            }
            if (i > 0) {
                assertThat((double) usable[0] / usable[1])
                        .as("ratio after block %d", i)
                        .isCloseTo(usableRatios[i - 1], within(i < 3 ? 1e-9 : .01));
            }
        }
        blocks.forEach(memory::free);
        TestTiers.assertEmpty(memory);
    }

    @Test
    void smallBlocksHaveTheRatioFromTheFirstOneOn_theCLibrarySends801ToTier0() {
        TieredMemory memory = tiers.ratios(1, 4);
        int[] blocks = new int[2];
        for (int i = 0; i < 20_000; i++) {
            blocks[tierOf(memory, memory.malloc(64))]++;
            assertThat(4 * blocks[0] - blocks[1]).as("after %d blocks", i + 1).isBetween(0, 4);
        }
        assertThat(blocks).containsExactly(4000, 16_000);
    }

    @Test
    void aTierThatIsBehindDoesNotFallFurtherBehind_mallocOnly() {
        TieredMemory memory = tiers.ratios(1, 4);
        for (int i = 0; i < 100; i++) {
            allocateAndCheck(memory, 16 + 240L * i / 99, new long[] {1, 4}, new ArrayDeque<>());
        }
    }

    @Test
    void aTierThatIsBehindDoesNotFallFurtherBehind_mallocAndFree() {
        TieredMemory memory = tiers.ratios(1, 4);
        ArrayDeque<Long> live = new ArrayDeque<>();
        for (int round = 0; round < 5; round++) {
            for (char operation : "mmmfmmffmmmmfm".toCharArray()) {
                if (operation == 'm') {
                    allocateAndCheck(memory, 16 + 40L * round, new long[] {1, 4}, live);
                } else {
                    memory.free(live.removeFirst());
                }
            }
        }
    }

    @Test
    void threeTiersHoldTheirRatiosBesideDirectUseOfTheirKinds() {
        TieredMemory memory = tiers.ratios(3, 1, 5);
        long[] ratios = {3, 1, 5};
        ArrayDeque<Long> live = new ArrayDeque<>();
        for (int i = 0; i < 200; i++) {
            allocateAndCheck(memory, 16 + i, ratios, live);
        }
        List<List<Long>> direct = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (int round = 0; round < 40; round++) {
            for (char operation : "mmf0m1mf2mmm0ffm1mm2fm".toCharArray()) {
                switch (operation) {
                    case 'm' -> allocateAndCheck(memory, 100, ratios, live);
                    case 'f' -> memory.free(live.removeFirst());
                    default -> {
                        int tier = operation - '0';
                        direct.get(tier).add(memory.kinds().get(tier).malloc(1000));
                    }
                }
            }
        }
        live.forEach(memory::free);
        for (int tier = 0; tier < 3; tier++) {
            direct.get(tier).forEach(memory.kinds().get(tier)::free);
        }
        TestTiers.assertEmpty(memory);
    }

    private static void allocateAndCheck(TieredMemory memory, long byteSize, long[] ratios, ArrayDeque<Long> live) {
        double[] before = new double[ratios.length];
        for (int i = 0; i < ratios.length; i++) {
            before[i] = liveBytes(memory, i);
        }
        live.add(memory.malloc(byteSize));
        for (int i = 1; i < ratios.length; i++) {
            if (before[i] / ratios[i] < before[0] / ratios[0]) {
                assertThat(liveBytes(memory, i) * before[0])
                        .as("tier %d beside tier 0", i)
                        .isGreaterThanOrEqualTo(before[i] * liveBytes(memory, 0));
            }
        }
    }

    @Test
    void manyTiersAreWithinOneBlockOfTheirRatios() {
        long[] ratios = {3, 1, 5, 7, 100, 1};
        TieredMemory memory = tiers.ratios(ratios);
        Random random = Seeds.random(1);
        long largest = 5000;
        for (int i = 0; i < 5000; i++) {
            memory.malloc(random.nextLong(largest));
            double least = Double.MAX_VALUE;
            for (int tier = 0; tier < ratios.length; tier++) {
                least = Math.min(least, (double) liveBytes(memory, tier) / ratios[tier]);
            }
            for (int tier = 0; tier < ratios.length; tier++) {
                assertThat((double) liveBytes(memory, tier) / ratios[tier])
                        .as("tier %d, %s", tier, Seeds.describe(1))
                        .isLessThanOrEqualTo(least + (double) largest / ratios[tier]);
            }
        }
    }

    @Test
    void callocIsPlacedByItsWholeSize_theCLibraryGoesByTheElement() {
        TieredMemory memory = tiers.ratios(1, 1);
        memory.calloc(1000, 10);
        assertThat(liveBytes(memory, 0)).isEqualTo(10_000);
        for (int i = 0; i < 10; i++) {
            assertThat(tierOf(memory, memory.malloc(1000))).isEqualTo(1);
        }
        assertThat(tierOf(memory, memory.malloc(1000))).isZero();
    }

    @Test
    void readingTheCountsDoesNotChangeWhatIsPicked_inTheCLibraryItDoes() {
        TieredMemory polled = tiers.ratios(2, 3);
        TieredMemory unpolled = tiers.ratios(2, 3);
        Random random = Seeds.random(2);
        for (int i = 0; i < 10_000; i++) {
            long size = random.nextLong(300);
            int tier = tierOf(unpolled, unpolled.malloc(size));
            polled.statistics();
            assertThat(tierOf(polled, polled.malloc(size)))
                    .as("block %d, %s", i, Seeds.describe(2))
                    .isEqualTo(tier);
        }
    }

    @Test
    void oneTierTakesAll() {
        TieredMemory memory = tiers.ratios(7);
        long block = memory.malloc(100);
        assertThat(tierOf(memory, block)).isZero();
        assertThat(MemoryKind.detect(block)).contains(memory.kinds().getFirst());
        assertThat(memory.thresholds()).isEmpty();
        memory.free(block);
        TestTiers.assertEmpty(memory);
    }

    @Test
    void theLargestRatiosDoNotOverflow() {
        long most = (1L << 32) - 1;
        TieredMemory memory = tiers.ratios(most, most, 1);
        long[] live = new long[3];
        for (int i = 0; i < 100; i++) {
            long block = memory.malloc(1 << 20);
            live[tierOf(memory, block)]++;
        }
        assertThat(live).containsExactly(50, 49, 1);
    }
}
