package io.memkind.internal.extent;

/**
 * Who wants to know what a pool asks its source for. Called by any thread, which may hold the pool's lock: implementations
 * are quick, never throw, and use no heap. Addresses and sizes are in bytes, times in nanoseconds.
 */
public interface ExtentEvents {
    /** A range was mapped. */
    void mapped(long address, long byteSize, long callNanos);

    /** A range was unmapped. */
    void unmapped(long address, long byteSize, long callNanos);

    /** The memory of a range that stays mapped was given back. */
    void purged(long address, long byteSize, long callNanos);
}
