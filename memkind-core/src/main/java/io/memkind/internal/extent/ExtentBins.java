package io.memkind.internal.extent;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Free extents of one state, found by length: the smallest bin that surely fits, and in it the lowest address.
 *
 * <p>Bins are spaced four to a doubling, as the size classes are, so a request of a size class never takes an extent of a
 * bin in which some are too short. Not thread-safe.
 */
final class ExtentBins {
    private static final int BIN_COUNT = 4 * 48;

    private final AddressHeap[] bins = new AddressHeap[BIN_COUNT];
    private final long[] occupied = new long[BIN_COUNT / 64];
    private long pageCount;
    private long extentCount;

    ExtentBins() {
        Arrays.setAll(bins, i -> new AddressHeap());
    }

    /** The bin of extents of {@code pageCount} pages: the greatest whose lower bound is not above it. */
    static int binOf(long pageCount) {
        if (pageCount < 8) {
            return (int) pageCount;
        }
        int log = 63 - Long.numberOfLeadingZeros(pageCount);
        return 4 * (log - 1) + (int) ((pageCount >>> (log - 2)) & 3);
    }

    long pageCount() {
        return pageCount;
    }

    long extentCount() {
        return extentCount;
    }

    void insert(FreeExtent extent) {
        int bin = binOf(extent.pageCount());
        bins[bin].insert(extent);
        occupied[bin >>> 6] |= 1L << bin;
        pageCount += extent.pageCount();
        extentCount++;
    }

    void remove(FreeExtent extent) {
        int bin = binOf(extent.pageCount());
        bins[bin].remove(extent);
        if (bins[bin].isEmpty()) {
            occupied[bin >>> 6] &= ~(1L << bin);
        }
        pageCount -= extent.pageCount();
        extentCount--;
    }

    /** Forgets all extents. */
    void clear() {
        Arrays.setAll(bins, i -> new AddressHeap());
        Arrays.fill(occupied, 0);
        pageCount = 0;
        extentCount = 0;
    }

    /** An extent of at least {@code pages} pages, or null. */
    @Nullable FreeExtent find(long pages) {
        int bin = binOf(pages);
        if (bins[bin].first() instanceof FreeExtent candidate && candidate.pageCount() >= pages) {
            return candidate;
        }
        int next = nextOccupied(bin + 1);
        return next < 0 ? null : (FreeExtent) bins[next].first();
    }

    private int nextOccupied(int from) {
        int word = from >>> 6;
        long bits = occupied[word] & (-1L << from);
        while (bits == 0) {
            if (++word == occupied.length) {
                return -1;
            }
            bits = occupied[word];
        }
        return (word << 6) + Long.numberOfTrailingZeros(bits);
    }
}
