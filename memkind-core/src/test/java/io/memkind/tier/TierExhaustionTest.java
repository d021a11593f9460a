package io.memkind.tier;

import static io.memkind.tier.TestTiers.liveBytes;
import static io.memkind.tier.TestTiers.tierOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memkind.KindExhaustedException;
import io.memkind.MemoryKind;
import io.memkind.Pattern;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TierExhaustionTest {
    private static final long BLOCK = 64 << 10;

    private final TestTiers tiers = new TestTiers();
    private final MemoryKind small = tiers.limited(1 << 20);
    private final MemoryKind medium = tiers.limited(2 << 20);
    private final MemoryKind large = tiers.kind();

    @AfterEach
    void close() {
        tiers.close();
    }

    private TieredMemory memory(TierExhaustion exhaustion, MemoryKind... kinds) {
        TierBuilder builder = TieredMemory.builder(TierPolicy.STATIC_RATIO).onExhausted(exhaustion);
        for (MemoryKind kind : kinds) {
            builder.tier(kind, 1);
        }
        return tiers.build(builder);
    }

    @Test
    void aFullTierFailsTheRequestThoughOthersHaveMemory() {
        TieredMemory memory = memory(TierExhaustion.FAIL, small, large);
        List<Long> blocks = new ArrayList<>();
        assertThatExceptionOfType(KindExhaustedException.class)
                .isThrownBy(() -> {
                    while (blocks.size() < 100) {
                        blocks.add(memory.malloc(BLOCK));
                    }
                })
                .withMessageContaining(small.name());
        assertThat(blocks).hasSizeBetween(28, 34);
        List<TierStatistics> before = memory.statistics();
        assertThat(before.getFirst().refusals()).isEqualTo(1);
        assertThat(before.getFirst().liveBytes() + before.getLast().liveBytes()).isEqualTo(blocks.size() * BLOCK);
        assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> memory.allocate(BLOCK));
        assertThat(memory.statistics().getFirst().refusals()).isEqualTo(2);
        assertThat(memory.statistics().getLast()).isEqualTo(before.getLast());
        blocks.forEach(memory::free);
        TestTiers.assertEmpty(memory);
    }

    @Test
    void theNextTierTakesWhatAFullOneCannot() {
        TieredMemory memory = memory(TierExhaustion.NEXT_TIER, small, medium, large);
        List<Long> blocks = new ArrayList<>();
        int[] count = new int[3];
        for (int i = 0; i < 300; i++) {
            long block = i % 2 == 0 ? memory.malloc(BLOCK) : memory.calloc(BLOCK / 8, 8);
            Pattern.fill(block, BLOCK, i);
            blocks.add(block);
            count[tierOf(memory, block)]++;
        }
        assertThat(count[0]).isBetween(14, 16);
        assertThat(count[1]).isBetween(28, 32);
        for (int tier = 0; tier < 3; tier++) {
            assertThat(liveBytes(memory, tier)).isEqualTo(count[tier] * BLOCK);
        }
        for (int i = 0; i < 300; i++) {
            assertThat(Pattern.firstDamage(blocks.get(i), BLOCK, i)).isEqualTo(-1);
        }
        assertThat(memory.statistics().getFirst().refusals())
                .as("a full tier is not asked each time")
                .isBetween(1L, 5L);
        blocks.forEach(memory::free);
        TestTiers.assertEmpty(memory);
        assertThat(tierOf(memory, memory.malloc(BLOCK))).as("asked again").isZero();
    }

    @Test
    void afterTheLastTierComesTheFirst() {
        TieredMemory memory = memory(TierExhaustion.NEXT_TIER, large, small);
        int ofSmall = 0;
        for (int i = 0; i < 100; i++) {
            ofSmall += tierOf(memory, memory.malloc(BLOCK));
        }
        assertThat(ofSmall).isBetween(14, 16);
        assertThat(liveBytes(memory, 0)).isEqualTo((100 - ofSmall) * BLOCK);
    }

    @Test
    void whenAllAreFullTheRequestFailsAndNothingIsCounted() {
        TieredMemory memory = memory(TierExhaustion.NEXT_TIER, small, medium);
        List<Long> blocks = new ArrayList<>();
        assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> {
            while (blocks.size() < 100) {
                blocks.add(memory.malloc(BLOCK));
            }
        });
        assertThat(blocks).hasSizeBetween(44, 48);
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> memory.malloc(BLOCK));
            assertThatExceptionOfType(KindExhaustedException.class)
                    .isThrownBy(() -> memory.realloc(blocks.getFirst(), 8 << 20));
            assertThat(liveBytes(memory, 0) + liveBytes(memory, 1)).isEqualTo(blocks.size() * BLOCK);
        }
        long freed = blocks.removeLast();
        int tier = tierOf(memory, freed);
        memory.free(freed);
        assertThat(tierOf(memory, memory.malloc(BLOCK))).as("room for one").isEqualTo(tier);
    }

    @Test
    void memoryThatOthersFreeInAFullKindIsFoundInTime() {
        TieredMemory memory = memory(TierExhaustion.NEXT_TIER, small, large);
        long direct = small.malloc(900_000);
        for (int i = 0; i < 10; i++) {
            assertThat(tierOf(memory, memory.malloc(400_000))).isEqualTo(1);
        }
        small.free(direct);
        int asked = 0;
        while (asked < 1000 && tierOf(memory, memory.malloc(400_000)) != 0) {
            asked++;
        }
        assertThat(asked).isLessThan(300);
    }

    @Test
    void aBlockThatCannotGrowInItsTierMovesOn() {
        TieredMemory memory = memory(TierExhaustion.NEXT_TIER, small, large);
        long block = memory.malloc(100_000);
        Pattern.fill(block, 100_000, 5);
        assertThat(tierOf(memory, block)).isZero();
        long moved = memory.realloc(block, 4 << 20);
        assertThat(tierOf(memory, moved)).isEqualTo(1);
        assertThat(Pattern.firstDamage(moved, 100_000, 5)).isEqualTo(-1);
        assertThat(memory.tierOf(block)).isEmpty();
        assertThat(memory.statistics())
                .containsExactly(
                        new TierStatistics(small, 1, 0, 0, 1, 1), new TierStatistics(large, 1, 4 << 20, 1, 1, 0));
        assertThat(small.statistics().allocatedBytes()).isZero();
        memory.free(moved);
        TestTiers.assertEmpty(memory);
    }

    @Test
    void aBlockThatGrowsStaysInItsTierHoweverFarTheTierIsAhead() {
        TieredMemory memory = memory(TierExhaustion.NEXT_TIER, large, medium);
        long block = memory.malloc(10);
        long grown = memory.realloc(block, 1 << 20);
        assertThat(tierOf(memory, grown)).isZero();
        assertThat(liveBytes(memory, 0)).isEqualTo(1 << 20);
        assertThat(memory.statistics().getFirst().allocations()).isEqualTo(1);
        assertThat(tierOf(memory, memory.realloc(grown, 1))).isZero();
        assertThat(liveBytes(memory, 0)).isEqualTo(1);
    }
}
