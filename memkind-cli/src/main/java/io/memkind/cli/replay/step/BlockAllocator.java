package io.memkind.cli.replay.step;

/** What a verifying replay allocates from: a kind, or in tests an allocator with a fault. */
public interface BlockAllocator {
    /**
     * Allocates a block.
     *
     * @param byteSize its size, at least 1
     * @return its address
     */
    long malloc(long byteSize);

    /**
     * Allocates a zeroed block.
     *
     * @param byteSize its size, at least 1
     * @return its address
     */
    long calloc(long byteSize);

    /**
     * Resizes a block.
     *
     * @param address its address
     * @param byteSize its new size, at least 1
     * @return its new address
     */
    long realloc(long address, long byteSize);

    /**
     * Allocates an aligned block.
     *
     * @param byteAlignment a power of two, at least 8
     * @param byteSize its size, at least 1
     * @return its address
     */
    long memalign(long byteAlignment, long byteSize);

    /**
     * Frees a block.
     *
     * @param address its address
     */
    void free(long address);
}
