package io.memkind.internal.heap;

import io.memkind.internal.extent.ExtentPool;
import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.extent.PageMap;
import io.memkind.internal.extent.PageOwner;
import io.memkind.internal.os.PageSize;
import org.jspecify.annotations.Nullable;

/** The blocks of a heap that are extents of their own: through the caller's cache, or from the pool. */
final class LargeBlocks {
    private final Heap heap;

    LargeBlocks(Heap heap) {
        this.heap = heap;
    }

    /**
     * Allocates a block.
     *
     * @param byteAlignment a power of two
     * @return the address, tagged as by {@link ExtentPool#allocate}
     */
    long allocate(long byteSize, long byteAlignment) {
        if (byteSize > SizeClasses.MAX_BYTES || byteAlignment > SizeClasses.MAX_BYTES) {
            throw ExtentUnavailableException.because(
                    "no more than " + SizeClasses.MAX_BYTES + " bytes can be addressed or aligned to", byteSize);
        }
        int sizeClass = SizeClasses.classOf(byteSize);
        int place = heap.currentPlace();
        if (byteAlignment <= PageSize.BYTES) {
            LargeBlock cached = takeCached(sizeClass, place);
            if (cached != null) {
                cached.setLiveRelease();
                return cached.address();
            }
        }
        long pageCount = PageSize.pagesFor(SizeClasses.byteSizeOf(sizeClass));
        ExtentPool pool = heap.pools().of(place);
        long tagged = obtain(pool, pageCount, Math.max(byteAlignment, PageSize.BYTES));
        long address = ExtentPool.addressOf(tagged);
        LargeBlock block;
        try {
            block = new LargeBlock(heap, place, address, pageCount);
        } catch (OutOfMemoryError e) {
            heap.release(pool, address, pageCount);
            throw e;
        }
        PageMap.set(address, block);
        return tagged;
    }

    private long obtain(ExtentPool pool, long pageCount, long byteAlignment) {
        try {
            return heap.obtain(pool, pageCount, byteAlignment);
        } catch (ExtentUnavailableException e) {
            heap.reclaim();
            return heap.obtain(pool, pageCount, byteAlignment);
        }
    }

    private @Nullable LargeBlock takeCached(int sizeClass, int place) {
        if (sizeClass < SizeClasses.SLAB_CLASS_COUNT || sizeClass > LargeCache.MAX_CLASS) {
            return null;
        }
        Shard shard = heap.cachingShard(place);
        if (shard == null || shard.place != place || !shard.tryEnterAsOwner()) {
            return null;
        }
        LargeBlock block = shard.takeCached(sizeClass);
        shard.exit();
        return block;
    }

    /** Frees a block; false if it was dead already. */
    boolean free(LargeBlock block) {
        if (!block.casDead()) {
            return false;
        }
        if (!offerToCache(block)) {
            heap.releaseLarge(block);
        }
        return true;
    }

    private boolean offerToCache(LargeBlock block) {
        if (block.byteSize() > LargeCache.MAX_BLOCK_BYTES
                || heap.options().decay().isZero()) {
            return false;
        }
        Shard shard = heap.cachingShardOrNull(block.place);
        if (shard == null || !shard.tryEnterAsOwner()) {
            return false;
        }
        boolean kept = shard.offerCached(block);
        shard.exit();
        return kept;
    }

    /** The live block of this heap that starts at the address, if {@code owner} is one. */
    @Nullable LargeBlock find(@Nullable PageOwner owner, long address) {
        return owner instanceof LargeBlock block
                        && block.heap == heap
                        && block.address() == address
                        && block.isLiveVolatile()
                ? block
                : null;
    }

    /** Changes the length of a live block in place, if its neighbours allow. */
    boolean tryResize(LargeBlock block, long byteSize) {
        if (byteSize > SizeClasses.MAX_BYTES) {
            return false;
        }
        long oldPages = block.pageCount();
        long newPages = PageSize.pagesFor(SizeClasses.byteSizeOf(SizeClasses.classOf(byteSize)));
        if (newPages > oldPages) {
            if (!block.pool.tryGrow(block.address(), oldPages, newPages)) {
                return false;
            }
            block.resize(newPages);
        } else if (newPages < oldPages) {
            block.resize(newPages);
            heap.release(block.pool, block.address() + (newPages << PageSize.SHIFT), oldPages - newPages);
        }
        return true;
    }
}
