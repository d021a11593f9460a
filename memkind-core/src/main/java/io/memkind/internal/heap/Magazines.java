package io.memkind.internal.heap;

import java.util.Arrays;

/**
 * The magazines of a shard, one for each slab class: free blocks, out of their slabs and ready to be handed out, last in,
 * first out. Arrays of the Java heap, though what they hold is not: C2 gives up inlining when it has made some thousands of
 * nodes for a method, and makes twenty times as many for an access to raw memory as for one to an array.
 */
final class Magazines {
    /*
     * magazine[0]   count
     * magazine[1]   capacity
     * magazine[2] … magazine[1 + count]   the blocks
     *
     * The capacity is 0 until the magazine is first used, all unused ones being one and the same; then it doubles when a
     * magazine runs empty and halves when it runs full, between a floor of 32 blocks and a ceiling of 127 blocks or 64 KiB,
     * but never below 8. A thread that only frees thus keeps few blocks: each one that is kept may be the last of its slab.
     */
    private static final int COUNT = 0;
    private static final int CAPACITY = 1;
    private static final int FIRST = 2;
    private static final int MAX_BLOCKS = 127;
    private static final int MIN_BLOCKS = 8;
    private static final int FLOOR_BLOCKS = 32;
    private static final long MAX_BYTES = 64 << 10;

    private static final long[] UNUSED = new long[FIRST];

    private Magazines() {}

    /** Makes the magazines of a shard, all empty and of capacity 0; index = size class. */
    static long[][] create() {
        long[][] magazines = new long[SizeClasses.SLAB_CLASS_COUNT][];
        Arrays.fill(magazines, UNUSED);
        return magazines;
    }

    /** The magazine of a class, which is about to get a capacity. */
    static long[] use(long[][] magazines, int sizeClass) {
        if (magazines[sizeClass] == UNUSED) {
            magazines[sizeClass] = new long[FIRST + ceiling(sizeClass)];
        }
        return magazines[sizeClass];
    }

    /** Takes the block that was put in last, or returns 0. */
    static long pop(long[] magazine) {
        int count = (int) magazine[COUNT];
        if (count <= 0) {
            return 0;
        }
        magazine[COUNT] = count - 1L;
        return magazine[count + 1];
    }

    /** Puts a block in; false if there is no room. */
    static boolean push(long[] magazine, long block) {
        int count = (int) magazine[COUNT] + 1;
        if (count > capacity(magazine)) {
            return false;
        }
        magazine[count + 1] = block;
        magazine[COUNT] = count;
        return true;
    }

    static int count(long[] magazine) {
        return (int) magazine[COUNT];
    }

    static int capacity(long[] magazine) {
        return (int) magazine[CAPACITY];
    }

    private static int ceiling(int sizeClass) {
        long fitting = MAX_BYTES / SizeClasses.byteSizeOf(sizeClass);
        return (int) Math.max(MIN_BLOCKS, Math.min(MAX_BLOCKS, fitting));
    }

    private static int floor(int sizeClass) {
        return Math.min(FLOOR_BLOCKS, ceiling(sizeClass));
    }

    /** An empty magazine is about to be filled. */
    static void grow(long[] magazine, int sizeClass) {
        setCapacity(magazine, Math.min(ceiling(sizeClass), 2 * Math.max(floor(sizeClass), capacity(magazine))));
    }

    /** A full magazine is about to be flushed, to half of its new capacity. */
    static void shrink(long[] magazine, int sizeClass) {
        setCapacity(magazine, Math.max(floor(sizeClass), capacity(magazine) / 2));
    }

    /** Of a magazine that is {@linkplain #use used}. */
    static void setCapacity(long[] magazine, int capacity) {
        magazine[CAPACITY] = capacity;
    }

    /** The block at a place: 0 is the oldest. */
    static long blockAt(long[] magazine, int place) {
        return magazine[FIRST + place];
    }

    static void setBlockAt(long[] magazine, int place, long block) {
        magazine[FIRST + place] = block;
    }

    static void setCount(long[] magazine, int count) {
        magazine[COUNT] = count;
    }

    /** Forgets the {@code oldest} blocks, which the caller has put elsewhere. */
    static void dropOldest(long[] magazine, int oldest) {
        int kept = count(magazine) - oldest;
        System.arraycopy(magazine, FIRST + oldest, magazine, FIRST, kept);
        setCount(magazine, kept);
    }
}
