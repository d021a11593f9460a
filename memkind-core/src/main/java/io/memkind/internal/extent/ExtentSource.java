package io.memkind.internal.extent;

/**
 * Where a pool gets address space with memory behind it. Implementations are thread-safe and stateless towards the pool:
 * the pool remembers what it mapped.
 */
public interface ExtentSource {
    /** What {@link #purge} did to the range. */
    enum Purged {
        /** The range is still mapped, holds no memory and reads as zero. */
        ZEROED,
        /** The range is no longer mapped. */
        UNMAPPED,
        /** Nothing happened. */
        FAILED
    }

    /**
     * Maps new zeroed memory.
     *
     * @param byteSize a multiple of {@link #granularityByteSize}
     * @param byteAlignment a power of two; the address is a multiple of it and of {@link #granularityByteSize}
     * @throws ExtentUnavailableException if there is none; nothing is left mapped then
     */
    long map(long byteSize, long byteAlignment);

    /** Returns a range that {@link #map} gave, or a part of one. A failure leaves it mapped and is answered by false. */
    boolean unmap(long address, long byteSize);

    /** Gives the memory of a range back. Address and size are multiples of {@link #granularityByteSize}. */
    Purged purge(long address, long byteSize);

    /** Bytes of the range that are resident now. */
    long residentBytes(long address, long byteSize);

    /** The unit in which memory is mapped and given back: a power of two, at least the OS page. */
    long granularityByteSize();

    /** Whether to map more than is asked for, so that later requests find address space in one piece. */
    boolean mapsAhead();
}
