package io.memkind.cli.replay.step;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Which 8-byte granules of the address space are in live blocks: bit maps of 64 KiB regions, made as blocks appear.
 *
 * <p>Blocks begin at multiples of 8 (checked before), so no two of them may share a granule. Any number of threads may
 * claim and release at the same time.
 */
final class LiveBlockMap {
    private static final int REGION_SHIFT = 16;
    private static final int GRANULE_SHIFT = 3;
    private static final int WORD_COUNT = 1 << (REGION_SHIFT - GRANULE_SHIFT - 6);

    private final ConcurrentHashMap<Long, AtomicLongArray> regions = new ConcurrentHashMap<>();

    /** Claims a block's granules. Returns the address of one that was claimed already, or -1 when none was. */
    long claim(long address, long byteSize) {
        long conflict = -1;
        long end = (address + byteSize + 7) >>> GRANULE_SHIFT;
        for (long granule = address >>> GRANULE_SHIFT; granule < end; granule = wordEnd(granule)) {
            long mask = mask(granule, end);
            long old = region(granule).getAndAccumulate(wordOf(granule), mask, (word, bits) -> word | bits);
            if ((old & mask) != 0 && conflict < 0) {
                long first = (granule & -64) + Long.numberOfTrailingZeros(old & mask);
                conflict = first << GRANULE_SHIFT;
            }
        }
        return conflict;
    }

    void release(long address, long byteSize) {
        long end = (address + byteSize + 7) >>> GRANULE_SHIFT;
        for (long granule = address >>> GRANULE_SHIFT; granule < end; granule = wordEnd(granule)) {
            long mask = mask(granule, end);
            region(granule).getAndAccumulate(wordOf(granule), mask, (word, bits) -> word & ~bits);
        }
    }

    private AtomicLongArray region(long granule) {
        long region = granule >>> (REGION_SHIFT - GRANULE_SHIFT);
        AtomicLongArray words = regions.get(region);
        return words != null ? words : regions.computeIfAbsent(region, r -> new AtomicLongArray(WORD_COUNT));
    }

    private static int wordOf(long granule) {
        return (int) (granule >>> 6) & (WORD_COUNT - 1);
    }

    private static long wordEnd(long granule) {
        return (granule & -64) + 64;
    }

    /** The bits of the granules from the given one to the end of its word or of the block. */
    private static long mask(long granule, long end) {
        long fromHere = -1L << granule;
        return end >= wordEnd(granule) ? fromHere : fromHere & ((1L << end) - 1);
    }
}
