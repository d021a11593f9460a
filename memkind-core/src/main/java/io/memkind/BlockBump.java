package io.memkind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;

/**
 * The memory of one arena: blocks of a kind, handed out from front to back and freed together. Not thread-safe.
 *
 * <p>Small requests share a block; the blocks double from 1 KiB to 64 KiB. Every segment is in the scope of the JDK arena
 * given with the request, which is also what refuses a closed arena or the wrong thread, before anything has changed.
 */
final class BlockBump {
    private static final long FIRST_BLOCK_BYTES = 1 << 10;
    private static final long LAST_BLOCK_BYTES = 64 << 10;
    private static final int FIRST_CAPACITY = 4;

    private final MemoryKind kind;
    private long nextAddress;
    private long endAddress;
    private long nextBlockBytes = FIRST_BLOCK_BYTES;
    private long[] blocks = new long[FIRST_CAPACITY];
    private int blockCount;
    private long byteSize;

    BlockBump(MemoryKind kind) {
        this.kind = kind;
    }

    /** Bytes in the blocks. */
    long byteSize() {
        return byteSize;
    }

    /** A zeroed segment in the scope of {@code scope}. */
    MemorySegment allocate(long byteSize, long byteAlignment, Arena scope) {
        Requests.checkAlignment(byteAlignment);
        long size = Requests.sizeOf(byteSize);
        long address = (nextAddress + byteAlignment - 1) & -byteAlignment;
        if (size > endAddress - address || address < nextAddress) {
            return allocateSlow(byteSize, byteAlignment, scope);
        }
        MemorySegment segment = segment(address, byteSize, scope);
        nextAddress = address + size;
        return kind.zero(segment);
    }

    private MemorySegment allocateSlow(long byteSize, long byteAlignment, Arena scope) {
        segment(0, 0, scope);
        if (blockCount == blocks.length) {
            blocks = Arrays.copyOf(blocks, 2 * blockCount);
        }
        long size = Requests.sizeOf(byteSize);
        if (size > nextBlockBytes / 2 || byteAlignment > 16) {
            long address = kind.memalign(byteAlignment, size);
            add(address, size);
            return kind.zero(segment(address, byteSize, scope));
        }
        long block = kind.malloc(nextBlockBytes);
        add(block, nextBlockBytes);
        endAddress = block + nextBlockBytes;
        nextBlockBytes = Math.min(LAST_BLOCK_BYTES, 2 * nextBlockBytes);
        nextAddress = block + size;
        return kind.zero(segment(block, byteSize, scope));
    }

    private void add(long block, long blockBytes) {
        blocks[blockCount++] = block;
        byteSize += blockBytes;
    }

    /* Throws if the scope is closed or confined to another thread. */
    @SuppressWarnings("restricted")
    private static MemorySegment segment(long address, long byteSize, Arena scope) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize, scope, null);
    }

    /** Frees all blocks. */
    void free() {
        while (blockCount > 0) {
            kind.free(blocks[--blockCount]);
        }
        nextAddress = 0;
        endAddress = 0;
        byteSize = 0;
    }
}
