package io.memkind.internal.heap;

import io.memkind.internal.extent.ExtentCounts;
import io.memkind.internal.extent.PageOwner;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What is in a heap.
 *
 * @param liveBlocks live blocks of each slab class
 * @param slabs slabs of each slab class
 * @param largeBlocks number of live large blocks
 * @param largeBytes bytes in them
 * @param largeSizes number of live large blocks, by their size in bytes
 * @param extents the state of the pool
 */
public record HeapCensus(
        long[] liveBlocks,
        long[] slabs,
        long largeBlocks,
        long largeBytes,
        SortedMap<Long, Long> largeSizes,
        ExtentCounts extents) {
    static HeapCensus of(Heap heap) {
        Counter counter = new Counter();
        heap.pools().forEachOwner(counter::count);
        return new HeapCensus(
                counter.liveBlocks,
                counter.slabs,
                counter.largeBlocks,
                counter.largeBytes,
                counter.largeSizes,
                heap.pools().counts());
    }

    /** Bytes in live blocks, at their full size. */
    public long allocatedBytes() {
        long bytes = largeBytes;
        for (int sizeClass = 0; sizeClass < liveBlocks.length; sizeClass++) {
            bytes += liveBlocks[sizeClass] * SizeClasses.byteSizeOf(sizeClass);
        }
        return bytes;
    }

    private static final class Counter {
        final long[] liveBlocks = new long[SizeClasses.SLAB_CLASS_COUNT];
        final long[] slabs = new long[SizeClasses.SLAB_CLASS_COUNT];
        long largeBlocks;
        long largeBytes;
        final SortedMap<Long, Long> largeSizes = new TreeMap<>();

        void count(PageOwner owner) {
            if (owner instanceof Slab slab) {
                slabs[slab.sizeClass]++;
                liveBlocks[slab.sizeClass] += slab.liveBlocks();
            } else if (owner instanceof LargeBlock block && block.isLiveVolatile()) {
                largeBlocks++;
                long blockBytes = block.byteSize();
                largeBytes += blockBytes;
                largeSizes.merge(blockBytes, 1L, Long::sum);
            }
        }
    }
}
