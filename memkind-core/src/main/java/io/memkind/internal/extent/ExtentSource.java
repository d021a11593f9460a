package io.memkind.internal.extent;

import io.memkind.internal.os.RawMemory;

/**
 * Where a pool gets address space with memory behind it. Implementations are thread-safe and stateless towards the pool:
 * the pool remembers what it mapped.
 */
public interface ExtentSource {
    /** What {@link #purge} did to the range, which is in one piece. */
    enum Purged {
        /** The range is still mapped, and clean: it needs {@link #commit} before it is used again. */
        CLEAN,
        /** The range is no longer mapped. */
        UNMAPPED,
        /** Nothing happened. */
        FAILED
    }

    /**
     * Maps new memory, which is clean.
     *
     * @param byteSize a multiple of {@link #granularityByteSize}
     * @param byteAlignment a power of two; the address is a multiple of it and of {@link #granularityByteSize}
     * @throws ExtentUnavailableException if there is none; nothing is left mapped then
     */
    long map(long byteSize, long byteAlignment);

    /** Returns a range that {@link #map} gave, or a part of one. A failure leaves it mapped and is answered by false. */
    boolean unmap(long address, long byteSize);

    /**
     * Instead of {@link #unmap}, where somebody may touch the range still: gives the memory back but leaves the addresses
     * mapped for good, with zeros. A failure leaves the memory there and is answered by false; so does a source that does
     * not know how.
     */
    default boolean vacate(long address, long byteSize) {
        return false;
    }

    /** Gives the memory of a range back. Address and size are multiples of {@link #granularityByteSize}. */
    Purged purge(long address, long byteSize);

    /** Bytes of the range that are resident now. */
    long residentBytes(long address, long byteSize);

    /** The unit in which memory is mapped and given back: a power of two, at least the OS page. */
    long granularityByteSize();

    /**
     * How much to map when {@code neededBytes} are missing: as much, or more, so that later requests find address space in
     * one piece.
     *
     * @param aheadBytes what a heap of this age maps where it costs nothing
     * @return at least {@code neededBytes}, a multiple of {@link #granularityByteSize}
     */
    long regionByteSize(long neededBytes, long aheadBytes);

    /**
     * A clean range, as {@link #map} or {@link #purge} left it, is about to be used: makes sure that there is memory behind it.
     * Address and size are multiples of {@link #granularityByteSize}.
     *
     * @throws ExtentUnavailableException if there is none; the range is as it was
     */
    default void commit(long address, long byteSize) {}

    /** Whether clean memory is zero once it is committed. */
    default boolean isZeroed() {
        return true;
    }

    /** Fills memory that is in use with zeros. */
    default void zero(long address, long byteSize) {
        RawMemory.zero(address, byteSize);
    }

    /** Copies between ranges in use that do not overlap. */
    default void copy(long fromAddress, long toAddress, long byteSize) {
        RawMemory.copy(fromAddress, toAddress, byteSize);
    }

    /** By the heap that closes, when it has unmapped everything. */
    default void close() {}
}
