package io.memkind.internal.managed;

import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The live blocks of a heap, by address: about 100 bytes of the Java heap for each, outside the memory that they are in.
 * Thread-safe: of two that take the same block, one gets it.
 */
final class LiveBlocks {
    private final ConcurrentSkipListMap<Long, Long> byteSizes = new ConcurrentSkipListMap<>();

    void put(long address, long byteSize) {
        byteSizes.put(address, byteSize);
    }

    /** Takes a block away; its size, or -1 if there is none. */
    long take(long address) {
        Long byteSize = byteSizes.remove(address);
        return byteSize == null ? -1 : byteSize;
    }

    /** The size of the block that starts at the address, or -1. */
    long byteSizeOf(long address) {
        return byteSizes.getOrDefault(address, -1L);
    }

    /** Start of the block that holds the address, or 0. */
    long holding(long address) {
        Map.Entry<Long, Long> below = byteSizes.floorEntry(address);
        return below != null && address - below.getKey() < below.getValue() ? below.getKey() : 0;
    }

    boolean isEmpty() {
        return byteSizes.isEmpty();
    }

    /** Bytes in all blocks. */
    long byteSize() {
        return byteSizes.values().stream().mapToLong(Long::longValue).sum();
    }

    void clear() {
        byteSizes.clear();
    }
}
