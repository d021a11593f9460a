package io.memkind.internal.os;

/** The base page size of the running kernel: 4 KiB on x86-64; 4, 16 or 64 KiB on aarch64. */
public final class PageSize {
    public static final long BYTES = Syscalls.pageByteSize();

    /** Base-2 logarithm of {@link #BYTES}. */
    public static final int SHIFT = Long.numberOfTrailingZeros(BYTES);

    private PageSize() {}

    /** {@code byteSize} in whole pages, rounded up. */
    public static long pagesFor(long byteSize) {
        return (byteSize + (BYTES - 1)) >>> SHIFT;
    }
}
