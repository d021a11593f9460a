package io.memkind.internal.probe;

import io.memkind.internal.os.RawMemory;

/** Reads a range of memory in sequence, over and over. For one thread at a time. */
public final class StreamReader {
    /** Long enough to make the question for the time cheap, short enough to ask it often. */
    static final int CHUNK_BYTE_SIZE = 256 << 10;

    private static final int STEP_BYTE_SIZE = 64;

    private final long address;
    private final long byteSize;
    private long offset;
    private long checksum;

    /**
     * Starts at the begin.
     *
     * @param byteSize a multiple of 64, more than 0
     */
    StreamReader(long address, long byteSize) {
        this.address = address;
        this.byteSize = byteSize;
    }

    /**
     * Reads on, to the end of the range at most.
     *
     * @return bytes that were read
     */
    int readChunk() {
        int chunk = (int) Math.min(CHUNK_BYTE_SIZE, byteSize - offset);
        checksum += sum(address + offset, chunk);
        offset += chunk;
        if (offset == byteSize) {
            offset = 0;
        }
        return chunk;
    }

    /** The sum of all that was read: without a use of it, the compiler would leave the reading out. */
    long checksum() {
        return checksum;
    }

    /* Four sums, so that no addition waits for the one before. */
    private static long sum(long from, int byteCount) {
        long a = 0;
        long b = 0;
        long c = 0;
        long d = 0;
        for (int at = 0; at < byteCount; at += STEP_BYTE_SIZE) {
            long line = from + at;
            a += RawMemory.getLong(line) + RawMemory.getLong(line + 8);
            b += RawMemory.getLong(line + 16) + RawMemory.getLong(line + 24);
            c += RawMemory.getLong(line + 32) + RawMemory.getLong(line + 40);
            d += RawMemory.getLong(line + 48) + RawMemory.getLong(line + 56);
        }
        return a + b + c + d;
    }
}
