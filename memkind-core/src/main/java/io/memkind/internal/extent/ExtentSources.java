package io.memkind.internal.extent;

import io.memkind.internal.os.RawMemory;

/**
 * Where a heap gets memory: one source for each <em>place</em>, a place being a set of nodes that some threads take their
 * memory from. Most heaps have one. Thread-safe.
 */
public interface ExtentSources {
    /**
     * The place whose memory the calling thread is to get now. Asked whenever a thread runs out of free blocks, so it is
     * to be cheap; the answer may be out of date at once, since threads move between processors.
     *
     * @return a number from 0 on
     * @throws ExtentUnavailableException if there is no memory for the thread
     */
    int currentPlace();

    /** The source of a place that {@link #currentPlace} has told: always the same one. */
    ExtentSource source(int place);

    /** Fills memory that is in use with zeros. */
    default void zero(long address, long byteSize) {
        RawMemory.zero(address, byteSize);
    }

    /** Copies between ranges in use that do not overlap. */
    default void copy(long fromAddress, long toAddress, long byteSize) {
        RawMemory.copy(fromAddress, toAddress, byteSize);
    }

    /** By the heap that closes, when its pools have unmapped everything. */
    default void close() {}

    /** The same memory for all threads. */
    static ExtentSources single(ExtentSource source) {
        return new SingleSource(source);
    }
}
