package io.memkind.internal.heap;

import io.memkind.internal.os.PageSize;

/**
 * The sizes that blocks come in: 8; 16 to 128 in steps of 16; then four to each doubling (160, 192, 224, 256, 320, …), as
 * in jemalloc on x86-64. Waste inside a block is thus below 20 % above 128 bytes, and a size of a power of two, or of an
 * eighth more, is met exactly.
 */
public final class SizeClasses {
    /** Blocks up to this size come from slabs, larger ones are extents of their own. */
    public static final long MAX_SLAB_BLOCK_BYTES = 32 << 10;

    /** Number of classes whose blocks come from slabs. */
    public static final int SLAB_CLASS_COUNT = compute(MAX_SLAB_BLOCK_BYTES) + 1;

    /** The largest request that has a class: 64 TiB, below the 47 bits of an x86-64 user address. */
    public static final long MAX_BYTES = 1L << 46;

    private static final int LOOKUP_MAX_BYTES = 4096;
    private static final int LINEAR_CLASS_COUNT = 9;
    private static final long MIN_SLAB_BYTES = 32 << 10;
    private static final long MIN_SLAB_BLOCKS = 8;

    /* Class of a size by (size + 7) / 8. */
    private static final byte[] LOOKUP = new byte[LOOKUP_MAX_BYTES / 8 + 1];
    private static final int[] SLAB_PAGES = new int[SLAB_CLASS_COUNT];

    static {
        for (int i = 1; i < LOOKUP.length; i++) {
            LOOKUP[i] = (byte) compute(8L * i);
        }
        for (int sizeClass = 0; sizeClass < SLAB_CLASS_COUNT; sizeClass++) {
            SLAB_PAGES[sizeClass] = slabPages(byteSizeOf(sizeClass));
        }
    }

    private SizeClasses() {}

    /** The smallest class whose blocks hold {@code byteSize} bytes, 1 to {@link #MAX_BYTES}. */
    public static int classOf(long byteSize) {
        return byteSize <= LOOKUP_MAX_BYTES ? LOOKUP[(int) (byteSize + 7) >>> 3] : compute(byteSize);
    }

    private static int compute(long byteSize) {
        if (byteSize <= 128) {
            return byteSize <= 8 ? 0 : (int) ((byteSize + 15) >>> 4);
        }
        int log = 63 - Long.numberOfLeadingZeros(byteSize - 1);
        return LINEAR_CLASS_COUNT + 4 * (log - 7) + ((int) ((byteSize - 1) >>> (log - 2)) & 3);
    }

    /** Bytes in a block of a class. */
    public static long byteSizeOf(int sizeClass) {
        if (sizeClass < LINEAR_CLASS_COUNT) {
            return sizeClass == 0 ? 8 : 16L * sizeClass;
        }
        int log = 7 + ((sizeClass - LINEAR_CLASS_COUNT) >>> 2);
        long step = 1L << (log - 2);
        return (1L << log) + (((sizeClass - LINEAR_CLASS_COUNT) & 3) + 1) * step;
    }

    /**
     * The smallest class of at least {@code byteSize} bytes whose blocks are all multiples of {@code byteAlignment}.
     *
     * @param byteAlignment a power of two, at most the OS page size
     */
    static int alignedClassOf(long byteSize, long byteAlignment) {
        int sizeClass = classOf(byteSize);
        while ((byteSizeOf(sizeClass) & (byteAlignment - 1)) != 0) {
            sizeClass++;
        }
        return sizeClass;
    }

    /** Length in pages of a slab of a class. */
    static int slabPagesOf(int sizeClass) {
        return SLAB_PAGES[sizeClass];
    }

    /* From the target length to a quarter more, the one that wastes least behind its last block. */
    private static int slabPages(long blockBytes) {
        long target = Math.max(MIN_SLAB_BYTES, MIN_SLAB_BLOCKS * blockBytes);
        target = Math.min(target, Slab.MAX_BLOCKS * blockBytes);
        long first = PageSize.pagesFor(target);
        long best = first;
        for (long pages = first; 4 * pages <= 5 * first; pages++) {
            long bytes = pages << PageSize.SHIFT;
            if (bytes / blockBytes <= Slab.MAX_BLOCKS
                    && (bytes % blockBytes) * (best << PageSize.SHIFT)
                            < ((best << PageSize.SHIFT) % blockBytes) * bytes) {
                best = pages;
            }
        }
        return (int) best;
    }
}
