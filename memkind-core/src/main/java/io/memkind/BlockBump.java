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
class BlockBump {
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
    private long[] furtherBlocks = NONE;
    private int furtherCount;
    private long byteSize;
    /* Whether the kind is yet to be told that there will be blocks. */
    private boolean isUntold;

    BlockBump(MemoryKind kind) {
        this.kind = kind;
        this.isUntold = kind.isCloseable();
    }

    /** Bytes in the blocks. */
    final long byteSize() {
        return byteSize;
    }

    /** A zeroed segment in the scope of {@code scope}. */
    final MemorySegment allocate(long byteSize, long byteAlignment, Arena scope) {
        /*
         * With less compiled code than InlineSmallCode, HotSpot can inline this together with the opening and closing of the
         * arena, and then makes none of the arena's objects: so rare cases are in methods of their own.
         */
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
        if (Requests.sizeOf(byteSize) > nextBlockBytes / 2 || byteAlignment > 16) {
            return allocateAlone(byteSize, byteAlignment, scope);
        }
        openBlock();
        return allocate(byteSize, byteAlignment, scope);
    }

    /** Takes the first or next block, for small requests to come. */
    final void openBlock() {
        if (isUntold) {
            tell();
        }
        long blockBytes = nextBlockBytes;
        long block = DetourCalls.mallocForArena(kind, blockBytes);
        add(block, blockBytes);
        nextAddress = block;
        endAddress = block + blockBytes;
        nextBlockBytes = Math.min(LAST_BLOCK_BYTES, 2 * blockBytes);
    }

    private MemorySegment allocateAlone(long byteSize, long byteAlignment, Arena scope) {
        if (isUntold) {
            tell();
        }
        long size = Requests.sizeOf(byteSize);
        long block = DetourCalls.memalignForArena(kind, byteAlignment, size);
        add(block, size);
        return kind.zero(segment(block, byteSize, scope));
    }

    private void tell() {
        kind.openArenas().open();
        isUntold = false;
    }

    private void add(long block, long blockBytes) {
        if (firstBlock == 0) {
            firstBlock = block;
        } else {
            addFurther(block);
        }
        byteSize += blockBytes;
    }

    private void addFurther(long block) {
        if (furtherCount == furtherBlocks.length) {
            try {
                furtherBlocks = Arrays.copyOf(furtherBlocks, Math.max(FIRST_CAPACITY, 2 * furtherCount));
            } catch (OutOfMemoryError e) {
                DetourCalls.freeOfArena(kind, block);
                throw e;
            }
        }
        furtherBlocks[furtherCount++] = block;
    }

    /* Throws if the scope is closed or confined to another thread. */
    @SuppressWarnings("restricted")
    private static MemorySegment segment(long address, long byteSize, Arena scope) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize, scope, null);
    }

    /** Frees all blocks, which nobody can access any more. */
    final void free() {
        if (furtherCount > 0) {
            freeFurther();
        }
        long block = firstBlock;
        firstBlock = 0;
        nextAddress = 0;
        endAddress = 0;
        byteSize = 0;
        if (kind.isCloseable() && !isUntold) {
            isUntold = true;
            OpenArenas.freeLast(kind, block);
        } else {
            DetourCalls.freeOfArena(kind, block);
        }
    }

    private void freeFurther() {
        while (furtherCount > 0) {
            OpenArenas.free(kind, furtherBlocks[--furtherCount]);
        }
    }
}
