package io.memkind.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Pattern;
import io.memkind.Seeds;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations beside a model that has every block and computes the counts anew. */
class TierModelTest {
    private record Block(long address, long byteSize, int tier, long key) {}

    private final TestTiers tiers = new TestTiers();
    private final List<Block> live = new ArrayList<>();
    private long[] allocations = {};
    private Random random = new Random(0);

    @AfterEach
    void close() {
        tiers.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void countsAreThoseOfTheModel(int run) {
        random = Seeds.random(200 + run);
        TieredMemory memory = open(run);
        allocations = new long[memory.kinds().size()];
        for (int i = 0; i < 4000; i++) {
            int choice = random.nextInt(100);
            if (choice < 45 || live.isEmpty()) {
                allocate(memory, i);
            } else if (choice < 60) {
                resize(memory, i);
            } else {
                free(memory);
            }
            check(memory, "step " + i + ", " + Seeds.describe(200 + run));
        }
        while (!live.isEmpty()) {
            free(memory);
        }
        TestTiers.assertEmpty(memory);
    }

    /* Half of them with tiers that have next to no memory, and go on in another. */
    private TieredMemory open(int run) {
        TierBuilder builder =
                TieredMemory.builder(run % 3 == 0 ? TierPolicy.DYNAMIC_THRESHOLD : TierPolicy.STATIC_RATIO);
        if (run % 2 == 0) {
            return tiers.build(
                    builder.tier(tiers.kind(), 2).tier(tiers.kind(), 1).tier(tiers.kind(), 3));
        }
        return tiers.build(builder.tier(tiers.limited(1 << 20), 2)
                .tier(tiers.limited(2 << 20), 1)
                .tier(tiers.kind(), 1)
                .onExhausted(TierExhaustion.NEXT_TIER));
    }

    private long randomSize() {
        double u = random.nextDouble();
        return (long) Math.pow(2, 18 * u * u) - random.nextInt(2);
    }

    private void allocate(TieredMemory memory, long key) {
        long size = randomSize();
        long address = switch (random.nextInt(5)) {
            case 0 -> memory.malloc(size);
            case 1 -> zeroed(memory.calloc(1, size), size);
            case 2 -> memory.memalign(1L << random.nextInt(13), size);
            case 3 -> zeroed(memory.allocate(size, 16).address(), size);
            default -> memory.allocateUninitialized(size, 1).address();
        };
        enter(memory, address, size, key);
        allocations[live.getLast().tier()]++;
    }

    private static long zeroed(long address, long byteSize) {
        assertThat(Pattern.firstNonZero(address, byteSize)).as("zeroed").isEqualTo(-1);
        return address;
    }

    private void enter(TieredMemory memory, long address, long byteSize, long key) {
        Pattern.fill(address, byteSize, key);
        live.add(new Block(address, byteSize, TestTiers.tierOf(memory, address), key));
    }

    private void resize(TieredMemory memory, long key) {
        Block block = live.remove(random.nextInt(live.size()));
        long size = randomSize();
        long moved = memory.realloc(block.address(), size);
        assertThat(Pattern.firstDamage(moved, Math.min(size, block.byteSize()), block.key()))
                .as("damage to %s", block)
                .isEqualTo(-1);
        enter(memory, moved, size, key);
        int tier = live.getLast().tier();
        if (tier != block.tier()) {
            allocations[tier]++;
        }
    }

    private void free(TieredMemory memory) {
        Block block = live.remove(random.nextInt(live.size()));
        assertThat(Pattern.firstDamage(block.address(), block.byteSize(), block.key()))
                .as("damage to %s", block)
                .isEqualTo(-1);
        switch (random.nextInt(3)) {
            case 0 -> memory.free(block.address());
            case 1 -> memory.free(block.address(), block.byteSize());
            default -> {
                MemorySegment segment = Pattern.at(block.address(), block.byteSize());
                memory.free(segment);
            }
        }
    }

    private void check(TieredMemory memory, String step) {
        for (int tier = 0; tier < allocations.length; tier++) {
            int index = tier;
            TierStatistics statistics = memory.statistics().get(tier);
            assertThat(statistics.liveBytes())
                    .as(step)
                    .isEqualTo(live.stream()
                            .filter(block -> block.tier() == index)
                            .mapToLong(Block::byteSize)
                            .sum());
            assertThat(statistics.liveBlocks())
                    .as(step)
                    .isEqualTo(
                            live.stream().filter(block -> block.tier() == index).count());
            assertThat(statistics.allocations()).as(step).isEqualTo(allocations[tier]);
        }
    }
}
