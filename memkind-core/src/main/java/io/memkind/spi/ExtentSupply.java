package io.memkind.spi;

/**
 * Memory of one kind, for the heap that manages it: within the kind's limit, on its nodes, in its pages. Thread-safe. Never
 * throws, so that native code may call it through an upcall.
 */
public interface ExtentSupply {
    /**
     * Takes memory of unspecified content.
     *
     * @param byteSize size in bytes, a multiple of the system's page size
     * @return its address, a multiple of the system's page size; 0 if there is none: the library remembers why, for the
     *     exception of the call that it is for
     */
    long allocate(long byteSize);

    /**
     * Gives memory back.
     *
     * @param address what {@link #allocate} returned
     * @return false if it is no such address
     */
    boolean free(long address);
}
