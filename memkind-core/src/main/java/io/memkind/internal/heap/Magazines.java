package io.memkind.internal.heap;

import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.RawMemory;

/**
 * The magazines of a shard, one for each slab class: free blocks, out of their slabs and ready to be handed out, last in,
 * first out. Kept off the Java heap, since that way an access is one load; untouched ones cost nothing.
 */
final class Magazines {
    /*
     * base + (sizeClass << 10):   int count | int capacity | long block[0] … block[capacity - 1]
     *
     * The capacity is 0 until the magazine is first used, so that its page stays untouched; then it doubles when a magazine
     * runs empty and halves when it runs full, between a floor of 32 blocks and a ceiling of 127 blocks or 64 KiB, but never
     * below 8. A thread that only frees thus keeps few blocks: each one that is kept may be the last of its slab.
     */
    private static final int STRIDE_SHIFT = 10;
    private static final int MAX_BLOCKS = (1 << STRIDE_SHIFT) / 8 - 1;
    private static final int MIN_BLOCKS = 8;
    private static final int FLOOR_BLOCKS = 32;
    private static final long MAX_BYTES = 64 << 10;
    private static final long BYTES =
            PageSize.pagesFor((long) SizeClasses.SLAB_CLASS_COUNT << STRIDE_SHIFT) << PageSize.SHIFT;

    private static final int CLASS_MASK = Integer.highestOneBit(SizeClasses.SLAB_CLASS_COUNT) * 2 - 1;

    private Magazines() {}

    /** Makes the magazines of a shard, all empty and of capacity 0. */
    static long create() {
        return Metadata.map(BYTES);
    }

    static void destroy(long base) {
        Metadata.unmap(base, BYTES);
    }

    /** The magazine of a class. The masks change nothing: they bound the address, see {@link RawMemory#ADDRESS_MASK}. */
    static long of(long base, int sizeClass) {
        return (base & RawMemory.ADDRESS_MASK) + ((long) (sizeClass & CLASS_MASK) << STRIDE_SHIFT);
    }

    /** Takes the block that was put in last, or returns 0. */
    static long pop(long magazine) {
        int count = RawMemory.getInt(magazine);
        if (count <= 0) {
            return 0;
        }
        RawMemory.putInt(magazine, count - 1);
        return RawMemory.getLong(magazine + 8L * count);
    }

    /** Puts a block in; false if there is no room. */
    static boolean push(long magazine, long block) {
        int count = RawMemory.getInt(magazine) + 1;
        if (count <= 0 || count > capacity(magazine)) {
            return false;
        }
        RawMemory.putLong(magazine + 8L * count, block);
        RawMemory.putInt(magazine, count);
        return true;
    }

    static int count(long magazine) {
        return RawMemory.getInt(magazine);
    }

    static int capacity(long magazine) {
        return RawMemory.getInt(magazine + 4);
    }

    private static int ceiling(int sizeClass) {
        long fitting = MAX_BYTES / SizeClasses.byteSizeOf(sizeClass);
        return (int) Math.max(MIN_BLOCKS, Math.min(MAX_BLOCKS, fitting));
    }

    private static int floor(int sizeClass) {
        return Math.min(FLOOR_BLOCKS, ceiling(sizeClass));
    }

    /** An empty magazine is about to be filled. */
    static void grow(long magazine, int sizeClass) {
        RawMemory.putInt(
                magazine + 4, Math.min(ceiling(sizeClass), 2 * Math.max(floor(sizeClass), capacity(magazine))));
    }

    /** A full magazine is about to be flushed, to half of its new capacity. */
    static void shrink(long magazine, int sizeClass) {
        RawMemory.putInt(magazine + 4, Math.max(floor(sizeClass), capacity(magazine) / 2));
    }

    /** Only for the shard that keeps nothing. */
    static void setCapacity(long magazine, int capacity) {
        RawMemory.putInt(magazine + 4, capacity);
    }

    /** The block at a place: 0 is the oldest. */
    static long blockAt(long magazine, int place) {
        return RawMemory.getLong(magazine + 8 + 8L * place);
    }

    static void setBlockAt(long magazine, int place, long block) {
        RawMemory.putLong(magazine + 8 + 8L * place, block);
    }

    static void setCount(long magazine, int count) {
        RawMemory.putInt(magazine, count);
    }

    /** Forgets the {@code oldest} blocks, which the caller has put elsewhere. */
    static void dropOldest(long magazine, int oldest) {
        int kept = count(magazine) - oldest;
        for (int place = 0; place < kept; place++) {
            setBlockAt(magazine, place, blockAt(magazine, place + oldest));
        }
        setCount(magazine, kept);
    }
}
