package io.memkind.internal.extent;

import io.memkind.internal.os.PageSize;
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

    /* Made when first needed: a small heap uses few, and a process may have many heaps. */
    private final @Nullable AddressHeap[] bins = new AddressHeap[BIN_COUNT];
    private final long[] occupied = new long[BIN_COUNT / 64];
    private long pageCount;
    private long extentCount;

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
        AddressHeap heap = bins[bin];
        if (heap == null) {
            heap = new AddressHeap();
            bins[bin] = heap;
        }
        heap.insert(extent);
        occupied[bin >>> 6] |= 1L << bin;
        pageCount += extent.pageCount();
        extentCount++;
    }

    void remove(FreeExtent extent) {
        int bin = binOf(extent.pageCount());
        AddressHeap heap = bins[bin];
        if (heap == null) {
            throw new IllegalStateException("not a member");
        }
        heap.remove(extent);
        if (heap.isEmpty()) {
            occupied[bin >>> 6] &= ~(1L << bin);
        }
        pageCount -= extent.pageCount();
        extentCount--;
    }

    /** Forgets all extents. */
    void clear() {
        Arrays.fill(bins, null);
        Arrays.fill(occupied, 0);
        pageCount = 0;
        extentCount = 0;
    }

    /** An extent of at least {@code pages} pages, or null. */
    @Nullable FreeExtent find(long pages) {
        int bin = binOf(pages);
        if (firstOf(bin) instanceof FreeExtent candidate && candidate.pageCount() >= pages) {
            return candidate;
        }
        int next = nextOccupied(bin + 1);
        return next < 0 ? null : firstOf(next);
    }

    private @Nullable FreeExtent firstOf(int bin) {
        AddressHeap heap = bins[bin];
        return heap == null ? null : (FreeExtent) heap.first();
    }

    /**
     * An extent that holds {@code pages} pages from a multiple of {@code byteAlignment} on, or null only if there is none.
     * Looks at every extent that may: for when {@link #find}, which asks for room to align, has found nothing.
     */
    @Nullable FreeExtent findAligned(long pages, long byteAlignment) {
        for (int bin = nextOccupied(binOf(pages)); bin >= 0; bin = nextOccupied(bin + 1)) {
            AddressHeap heap = bins[bin];
            PageOwner found = heap == null ? null : heap.find(owner -> holds(owner, pages, byteAlignment));
            if (found != null) {
                return (FreeExtent) found;
            }
        }
        return null;
    }

    private static boolean holds(PageOwner owner, long pages, long byteAlignment) {
        long start = (owner.address() + byteAlignment - 1) & -byteAlignment;
        long skippedPages = (start - owner.address()) >>> PageSize.SHIFT;
        return skippedPages <= owner.pageCount() && owner.pageCount() - skippedPages >= pages;
    }

    private int nextOccupied(int from) {
        int word = from >>> 6;
        if (word == occupied.length) {
            return -1;
        }
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
