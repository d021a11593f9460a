package io.memkind.spi;

/**
 * A heap over memory of one kind. Addresses given to it are live blocks of its own: the library has checked that, and that no
 * other call has the same one. {@link #giveBack} and {@link #close} are called while no other call is under way; all else
 * from any number of threads at once.
 */
public interface BlockHeap {
    /**
     * Allocates a block of unspecified content.
     *
     * @param byteSize size in bytes, at least 1
     * @param byteAlignment a power of two, at least 8: what the address is to be a multiple of
     * @return its address; 0 if there is no memory
     */
    long allocate(long byteSize, long byteAlignment);

    /**
     * Changes the size of a block, in place or by moving its content up to the smaller size.
     *
     * @param address a live block
     * @param byteSize its new size in bytes, at least 1
     * @return its address now, aligned to 16 bytes if the size is above 8; 0 if there is no memory, and the block as it was
     */
    long reallocate(long address, long byteSize);

    /**
     * Frees a block.
     *
     * @param address a live block
     */
    void free(long address);

    /**
     * The size of a block.
     *
     * @param address a live block
     * @return its size in bytes, all of which may be used: at least what was asked for
     */
    long usableByteSize(long address);

    /**
     * Gives all memory back that can be, to the supply. Called when the heap has no live block.
     *
     * @return whether any was given back
     */
    boolean giveBack();

    /**
     * Ends the heap, live blocks included. Called once.
     *
     * @return whether all memory may be unmapped; false if threads may still touch it, so that it has to stay for good
     */
    boolean close();
}
