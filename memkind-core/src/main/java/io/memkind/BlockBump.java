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
    private static final long[] NONE = {};

    private final MemoryKind kind;
    private long nextAddress;
    private long endAddress;
    private long nextBlockBytes = FIRST_BLOCK_BYTES;
    /* Most arenas have one block. */
    private long firstBlock;
    private long[] moreBlocks = NONE;
    private int moreCount;
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
        kind.requireOpen();
        if (size > endAddress - address || address < nextAddress) {
            return allocateSlow(byteSize, byteAlignment, scope);
        }
        MemorySegment segment = segment(address, byteSize, scope);
        nextAddress = address + size;
        return kind.zero(segment);
    }

    private MemorySegment allocateSlow(long byteSize, long byteAlignment, Arena scope) {
        long size = Requests.sizeOf(byteSize);
        boolean alone = size > nextBlockBytes / 2 || byteAlignment > 16;
        long blockBytes = alone ? size : nextBlockBytes;
        long block = alone ? kind.memalign(byteAlignment, size) : kind.malloc(blockBytes);
        MemorySegment segment;
        try {
            segment = segment(block, byteSize, scope);
            add(block);
        } catch (RuntimeException | OutOfMemoryError e) {
            kind.free(block);
            throw e;
        }
        this.byteSize += blockBytes;
        if (!alone) {
            endAddress = block + blockBytes;
            nextAddress = block + size;
            nextBlockBytes = Math.min(LAST_BLOCK_BYTES, 2 * blockBytes);
        }
        return kind.zero(segment);
    }

    private void add(long block) {
        if (firstBlock == 0) {
            firstBlock = block;
            return;
        }
        if (moreCount == moreBlocks.length) {
            moreBlocks = Arrays.copyOf(moreBlocks, Math.max(FIRST_CAPACITY, 2 * moreCount));
        }
        moreBlocks[moreCount++] = block;
    }

    /* Throws if the scope is closed or confined to another thread. */
    @SuppressWarnings("restricted")
    private static MemorySegment segment(long address, long byteSize, Arena scope) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize, scope, null);
    }

    /** Frees all blocks. */
    void free() {
        while (moreCount > 0) {
            kind.free(moreBlocks[--moreCount]);
        }
        kind.free(firstBlock);
        firstBlock = 0;
        nextAddress = 0;
        endAddress = 0;
        byteSize = 0;
    }
}
