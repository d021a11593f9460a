package io.memkind.internal.os;

/** Flags of mmap(2) beside MAP_PRIVATE and MAP_ANONYMOUS; the same on x86-64 and aarch64 (asm-generic/mman.h). */
public final class MapFlags {
    static final int SHARED = 0x01;
    static final int PRIVATE = 0x02;
    /** As SHARED, but an unknown flag is an error: what SYNC needs (Linux 4.15). */
    static final int SHARED_VALIDATE = 0x03;

    static final int FIXED = 0x10;
    static final int ANONYMOUS = 0x20;

    /** Do not reserve swap for the mapping. */
    public static final int NORESERVE = 0x4000;

    /** Stores are durable without fsync(2) once flushed from the processor's caches; DAX files only. */
    static final int SYNC = 0x80000;

    private static final int HUGETLB = 0x40000;
    private static final int HUGE_SHIFT = 26;

    private MapFlags() {}

    /** MAP_HUGETLB with the page size encoded as its base-2 logarithm, see mmap(2). */
    public static int hugetlb(long pageByteSize) {
        return HUGETLB | (Long.numberOfTrailingZeros(pageByteSize) << HUGE_SHIFT);
    }
}
