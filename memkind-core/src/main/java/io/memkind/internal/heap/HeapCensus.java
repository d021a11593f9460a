package io.memkind.internal.heap;

import io.memkind.internal.extent.ExtentCounts;
import io.memkind.internal.extent.PageOwner;

/**
 * What is in a heap.
 *
 * @param liveBlocks live blocks of each slab class
 * @param slabs slabs of each slab class
 * @param largeBlocks number of live large blocks
 * @param largeBytes bytes in them
 * @param extents the state of the pool
 */
public record HeapCensus(long[] liveBlocks, long[] slabs, long largeBlocks, long largeBytes, ExtentCounts extents) {
    static HeapCensus of(Heap heap) {
        Counter counter = new Counter();
        heap.pools().forEachOwner(counter::count);
        return new HeapCensus(
                counter.liveBlocks,
                counter.slabs,
                counter.largeBlocks,
                counter.largeBytes,
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

        void count(PageOwner owner) {
            if (owner instanceof Slab slab) {
                slabs[slab.sizeClass]++;
                liveBlocks[slab.sizeClass] += slab.liveBlocks();
            } else if (owner instanceof LargeBlock block && block.isLiveVolatile()) {
                largeBlocks++;
                largeBytes += block.byteSize();
            }
        }
    }
}
