package io.memkind;

/**
 * The raw face of an allocator, for code that manages addresses itself: the semantics of malloc(3), but failures are
 * exceptions and every free is checked. Sizes and alignments are in bytes; all rules for odd arguments are in the
 * {@linkplain io.memkind package description}.
 *
 * <p>All methods may be called from any thread, and a block may be freed by another thread than the one that allocated it.
 */
public interface AddressAllocator {
    /**
     * Allocates a block of unspecified content.
     *
     * @param byteSize size in bytes
     * @return the address of its first byte: a multiple of 16, of 8 for sizes up to 8
     * @throws IllegalArgumentException if the size is negative
     * @throws KindExhaustedException if there is no memory
     * @throws IllegalStateException if the allocator is closed
     */
    long malloc(long byteSize);

    /**
     * Allocates a zeroed block for {@code count} elements.
     *
     * @param count number of elements
     * @param byteSize size of each in bytes
     * @return the address of its first byte, aligned as by {@link #malloc} of the product
     * @throws IllegalArgumentException if either is negative, or their product does not fit in a long
     * @throws KindExhaustedException if there is no memory
     * @throws IllegalStateException if the allocator is closed
     */
    long calloc(long count, long byteSize);

    /**
     * Changes the size of a block, where it stands if possible; else its content, up to the smaller size, moves to a new
     * block and the old one is freed. The bytes beyond the old size are of unspecified content.
     *
     * @param address a live block of this allocator, or 0 to allocate one
     * @param byteSize its new size in bytes
     * @return where the block is now, aligned as by {@link #malloc}
     * @throws IllegalArgumentException if the size is negative
     * @throws InvalidAddressException if no live block of this allocator starts at the address
     * @throws KindExhaustedException if there is no memory; the old block is as it was
     * @throws IllegalStateException if the allocator is closed
     */
    long realloc(long address, long byteSize);

    /**
     * Allocates an aligned block of unspecified content.
     *
     * @param byteAlignment alignment in bytes, a power of two
     * @param byteSize size in bytes
     * @return the address of its first byte, a multiple of the alignment
     * @throws IllegalArgumentException if the size is negative or the alignment not a positive power of two
     * @throws KindExhaustedException if there is no memory
     * @throws IllegalStateException if the allocator is closed
     */
    long memalign(long byteAlignment, long byteSize);

    /**
     * Frees a block.
     *
     * @param address a live block of this allocator, or 0 to do nothing
     * @throws InvalidAddressException if no live block of this allocator starts at the address
     */
    void free(long address);

    /**
     * Frees a block of which the caller knows the size, and checks that too.
     *
     * @param address a live block of this allocator, or 0 to do nothing
     * @param byteSize the size that was asked for
     * @throws IllegalArgumentException if the size is negative
     * @throws InvalidAddressException if no live block of this allocator starts at the address, or the block is smaller
     */
    void free(long address, long byteSize);

    /**
     * The size of a block in bytes: at least what was asked for. All of it may be used.
     *
     * @param address a live block of this allocator
     * @return the size in bytes
     * @throws InvalidAddressException if no live block of this allocator starts at the address
     */
    long usableSize(long address);
}
