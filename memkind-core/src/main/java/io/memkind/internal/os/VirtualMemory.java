package io.memkind.internal.os;

/**
 * The memory system calls, as an interface so that tests can make any of them fail.
 *
 * <p>Every method returns what the call returned, or {@code -errno} (a value in -4095..-1) when it failed; none throws.
 * Addresses and sizes are multiples of the OS page size unless said otherwise.
 */
public interface VirtualMemory {
    /**
     * mmap(2) of private anonymous memory, readable and writable, at an address the kernel picks.
     *
     * @param extraFlags flags beside MAP_PRIVATE and MAP_ANONYMOUS, such as {@link MapFlags#NORESERVE}
     * @return the address, or -errno
     */
    long map(long byteSize, int extraFlags);

    /**
     * mmap(2) of private anonymous memory in place of whatever is mapped in the range, readable and writable, without a
     * reservation: reads as zero, and takes pages only where it is written.
     *
     * @return the address, or -errno; what was mapped is still there then
     */
    long replaceByZeros(long address, long byteSize);

    /** munmap(2). */
    int unmap(long address, long byteSize);

    /** madvise(2) with one of {@link Advice}. */
    int advise(long address, long byteSize, Advice advice);

    /**
     * mbind(2) with no flags.
     *
     * @param mode a mode of {@link MemoryPolicy}
     * @param nodeMask bit n of the array's concatenation stands for node n
     */
    int bind(long address, long byteSize, int mode, long[] nodeMask);

    /**
     * mincore(2), summed.
     *
     * @return bytes of the range that are resident, or -errno
     */
    long residentBytes(long address, long byteSize);

    /**
     * move_pages(2) as a query: the node of each OS page from {@code address} on, or -errno of that page (-ENOENT when it
     * is not present), is stored to {@code nodes}.
     */
    int nodesOf(long address, int[] nodes);

    /**
     * membarrier(2): when it returns 0, every running thread of the process has passed a full memory barrier since the
     * call began.
     */
    int processBarrier();
}
