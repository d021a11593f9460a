package io.memkind.tier;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.KindBuilder;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.util.ArrayList;
import java.util.List;

/** Kinds of their own for a test, by number, and what tests do with tiers. Closes what it opened. */
final class TestTiers implements AutoCloseable {
    private final List<MemoryKind> kinds = new ArrayList<>();
    private final List<TieredMemory> memories = new ArrayList<>();

    /** A kind over ordinary memory. */
    MemoryKind kind() {
        return keep(MemoryKind.builder(kinds.size() % 2 == 0 ? Kinds.DEFAULT : Kinds.REGULAR));
    }

    MemoryKind limited(long limitBytes) {
        return keep(MemoryKind.builder(Kinds.DEFAULT).limitBytes(limitBytes));
    }

    private MemoryKind keep(KindBuilder builder) {
        MemoryKind kind = builder.name("tier_" + kinds.size()).build();
        kinds.add(kind);
        return kind;
    }

    /** A memory with a kind of its own for each ratio. */
    TieredMemory ratios(long... ratios) {
        TierBuilder builder = TieredMemory.builder(TierPolicy.STATIC_RATIO);
        for (long ratio : ratios) {
            builder.tier(kind(), ratio);
        }
        return build(builder);
    }

    TieredMemory build(TierBuilder builder) {
        TieredMemory memory = builder.build();
        memories.add(memory);
        return memory;
    }

    static long liveBytes(TieredMemory memory, int tier) {
        return memory.statistics().get(tier).liveBytes();
    }

    static long liveBlocks(TieredMemory memory, int tier) {
        return memory.statistics().get(tier).liveBlocks();
    }

    static int tierOf(TieredMemory memory, long address) {
        return memory.tierOf(address).orElseThrow();
    }

    /** Counts and kinds are empty. */
    static void assertEmpty(TieredMemory memory) {
        for (TierStatistics tier : memory.statistics()) {
            assertThat(tier.liveBytes()).as("live bytes of %s", tier.kind()).isZero();
            assertThat(tier.liveBlocks()).as("live blocks of %s", tier.kind()).isZero();
            assertThat(tier.kind().statistics().allocatedBytes())
                    .as("allocated bytes of %s", tier.kind())
                    .isZero();
        }
    }

    @Override
    public void close() {
        memories.forEach(TieredMemory::close);
        kinds.forEach(MemoryKind::close);
    }
}
