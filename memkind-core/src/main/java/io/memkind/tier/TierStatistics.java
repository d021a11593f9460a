package io.memkind.tier;

import io.memkind.MemoryKind;

/**
 * What one tiered memory has in one of its tiers. Blocks that others have in the same kind are not counted. How exact this is
 * while other threads are at work: see {@link TieredMemory}.
 *
 * @param kind the kind of the tier
 * @param ratio the ratio of the tier
 * @param liveBytes sum of the sizes that were asked for, of the blocks that are live; count × size for {@code calloc}
 * @param liveBlocks number of blocks that are live
 * @param allocations number of blocks ever allocated; a block that {@code realloc} resizes in its tier is not a new one
 * @param refusals number of times that the kind was asked and had no memory
 */
public record TierStatistics(
        MemoryKind kind, long ratio, long liveBytes, long liveBlocks, long allocations, long refusals) {}
