package io.memkind.tier;

import static io.memkind.tier.TestTiers.liveBytes;
import static io.memkind.tier.TestTiers.tierOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Seeds;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicThresholdTest {
    private final TestTiers tiers = new TestTiers();

    @AfterEach
    void close() {
        tiers.close();
    }

    private TierBuilder builder(long... ratios) {
        TierBuilder builder = TieredMemory.builder(TierPolicy.DYNAMIC_THRESHOLD);
        for (long ratio : ratios) {
            builder.tier(tiers.kind(), ratio);
        }
        return builder;
    }

    private static double error(TieredMemory memory, double wanted) {
        return Math.abs((double) liveBytes(memory, 1) / liveBytes(memory, 0) - wanted) / wanted;
    }

    @Test
    void blocksOfOneSizeComeToTheRatio() {
        TieredMemory memory = tiers.build(builder(3, 1));
        for (int i = 0; i < 10_000; i++) {
            memory.malloc(1024);
            if (i >= 1000) {
                assertThat(error(memory, 1. / 3)).as("after %d blocks", i + 1).isLessThanOrEqualTo(.2);
            }
        }
        assertThat(error(memory, 1. / 3)).isLessThanOrEqualTo(.07);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void blocksOfManySizesComeToTheRatio(int run) {
        TieredMemory memory = tiers.build(builder(1, 2));
        Random random = Seeds.random(run);
        for (int i = 0; i < 20_000; i++) {
            int index = Math.min(9, (int) (-10 / 3.5 * Math.log(1 - random.nextDouble())));
            memory.malloc(4L << index);
        }
        assertThat(error(memory, 2)).as(Seeds.describe(run)).isLessThanOrEqualTo(.32);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void thresholdsAndTiersAreThoseOfTheModel(int run) {
        Random random = Seeds.random(100 + run);
        long[] ratios = new long[2 + random.nextInt(3)];
        TierThreshold[] limits = new TierThreshold[ratios.length - 1];
        TierBuilder builder = TieredMemory.builder(TierPolicy.DYNAMIC_THRESHOLD);
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = 1L + random.nextInt(5);
            builder.tier(tiers.kind(), ratios[i]);
        }
        int checkCount = 1 + random.nextInt(30);
        double trigger = random.nextInt(5) / 50.;
        double degree = random.nextInt(8) == 0 ? 1.5 : random.nextInt(6) / 15.;
        builder.checkCount(checkCount).trigger(trigger).degree(degree);
        for (int i = 0; i < limits.length; i++) {
            long min = 1000L * i + random.nextInt(400);
            long value = min + random.nextInt(300);
            limits[i] = new TierThreshold(value, min, value + random.nextInt(300));
            builder.threshold(i, value, min, limits[i].max());
        }
        ThresholdModel model = new ThresholdModel(ratios, limits, checkCount, trigger, degree);
        TieredMemory memory = tiers.build(builder);
        record Block(long address, long byteSize, int tier) {}
        List<Block> live = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            String step = "step " + i + ", " + Seeds.describe(100 + run);
            int choice = random.nextInt(10);
            long size = random.nextInt(1000 * ratios.length);
            if (choice < 6 || live.isEmpty()) {
                int tier = model.tierFor(size);
                long address = choice < 3 ? memory.malloc(size) : memory.calloc(1, size);
                assertThat(tierOf(memory, address)).as(step).isEqualTo(tier);
                live.add(new Block(address, size, tier));
                model.live[tier] += size;
                model.counted();
            } else {
                Block block = live.remove(random.nextInt(live.size()));
                if (choice < 8) {
                    memory.free(block.address());
                    model.live[block.tier()] -= block.byteSize();
                } else {
                    live.add(new Block(memory.realloc(block.address(), size), size, block.tier()));
                    model.live[block.tier()] += size - block.byteSize();
                    model.counted();
                }
            }
            assertThat(memory.thresholds().stream()
                            .mapToLong(TierThreshold::value)
                            .toArray())
                    .as(step)
                    .containsExactly(model.values);
        }
    }

    @Test
    void aSizeEqualToTheThresholdGoesUp() {
        TieredMemory memory = tiers.build(builder(1, 1, 1).checkCount(Integer.MAX_VALUE));
        assertThat(tierOf(memory, memory.malloc(0))).isZero();
        assertThat(tierOf(memory, memory.malloc(1023))).isZero();
        assertThat(tierOf(memory, memory.malloc(1024))).isEqualTo(1);
        assertThat(tierOf(memory, memory.malloc(2047))).isEqualTo(1);
        assertThat(tierOf(memory, memory.malloc(2048))).isEqualTo(2);
        assertThat(tierOf(memory, memory.malloc(1 << 20))).isEqualTo(2);
        assertThat(tierOf(memory, memory.calloc(64, 32))).isEqualTo(2);
        assertThat(tierOf(memory, memory.memalign(4096, 10))).isZero();
    }

    @Test
    void aStepThatWouldLeaveTheLimitsIsNotMade() {
        TieredMemory memory = tiers.build(builder(1, 1).checkCount(1).threshold(0, 1000, 1000, 1200));
        memory.malloc(2000);
        assertThat(memory.thresholds()).containsExactly(new TierThreshold(1150, 1000, 1200));
        memory.malloc(2000);
        memory.malloc(2000);
        assertThat(memory.thresholds()).containsExactly(new TierThreshold(1150, 1000, 1200));
    }

    @Test
    void aDegreeAboveOneNeverMakesAThresholdHuge_inTheCLibraryItWraps() {
        TieredMemory memory = tiers.build(builder(1, 1).checkCount(1).degree(1.5));
        for (int i = 0; i < 100; i++) {
            memory.malloc(100);
            assertThat(memory.thresholds()).containsExactly(new TierThreshold(1024, 512, 1535));
        }
        assertThat(tierOf(memory, memory.malloc(2000))).isEqualTo(1);
    }

    @Test
    void twoMemoriesOfOneBuilderMoveApart() {
        TierBuilder builder = builder(1, 1).checkCount(1);
        TieredMemory first = tiers.build(builder);
        TieredMemory second = tiers.build(builder);
        first.malloc(2000);
        assertThat(first.thresholds().getFirst().value()).isEqualTo(1178);
        assertThat(second.thresholds().getFirst().value()).isEqualTo(1024);
    }
}
