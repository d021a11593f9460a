package io.memkind.internal.heap;

import org.jspecify.annotations.Nullable;

/** Large blocks that a shard freed and may use again without asking the pool, the last freed first. Bounded. */
final class LargeCache {
    /** Larger blocks are not kept: their page faults cost more than the pool does. */
    static final long MAX_BLOCK_BYTES = 1 << 20;

    /** Class of the largest blocks that are kept. */
    static final int MAX_CLASS = SizeClasses.classOf(MAX_BLOCK_BYTES);

    private static final long MAX_BYTES = 1 << 20;
    private static final int CLASS_COUNT = MAX_CLASS + 1 - SizeClasses.SLAB_CLASS_COUNT;

    private final @Nullable LargeBlock[] newest = new LargeBlock[CLASS_COUNT];
    private long byteSize;

    /** Takes a block of exactly the class, or null. */
    @Nullable LargeBlock take(int sizeClass) {
        int index = sizeClass - SizeClasses.SLAB_CLASS_COUNT;
        LargeBlock block = newest[index];
        if (block != null) {
            newest[index] = block.nextCached;
            block.nextCached = null;
            byteSize -= block.byteSize();
        }
        return block;
    }

    /** Keeps a dead block if its size is that of a class and there is room. */
    boolean offer(LargeBlock block) {
        long blockBytes = block.byteSize();
        if (blockBytes > MAX_BLOCK_BYTES
                || blockBytes <= SizeClasses.MAX_SLAB_BLOCK_BYTES
                || byteSize + blockBytes > MAX_BYTES) {
            return false;
        }
        int sizeClass = SizeClasses.classOf(blockBytes);
        if (SizeClasses.byteSizeOf(sizeClass) != blockBytes) {
            return false;
        }
        int index = sizeClass - SizeClasses.SLAB_CLASS_COUNT;
        block.nextCached = newest[index];
        newest[index] = block;
        byteSize += blockBytes;
        return true;
    }

    /** Takes any block, or null when there is none. */
    @Nullable LargeBlock takeAny() {
        for (int index = 0; index < CLASS_COUNT; index++) {
            if (newest[index] != null) {
                return take(index + SizeClasses.SLAB_CLASS_COUNT);
            }
        }
        return null;
    }

    long byteSize() {
        return byteSize;
    }
}
