package io.memkind.cli.replay.step;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/** A plain allocator that is right: rounded sizes with a free list each, over memory that it gets piece by piece. */
public class ReferenceAllocator implements BlockAllocator, AutoCloseable {
    private static final long PIECE_BYTES = 8L << 20;

    private final Arena memory = Arena.ofShared();
    private final Map<Long, Deque<Long>> freeBlocks = new HashMap<>();
    private final Map<Long, Long> byteSizes = new HashMap<>();
    private final Map<Long, Long> byteAlignments = new HashMap<>();
    private long next;
    private long end;

    @Override
    public synchronized long malloc(long byteSize) {
        return memalign(16, byteSize);
    }

    @Override
    public synchronized long calloc(long byteSize) {
        long address = memalign(16, byteSize);
        for (long offset = 0; offset < byteSize; offset++) {
            AddressSpace.putByte(address + offset, (byte) 0);
        }
        return address;
    }

    @Override
    public synchronized long realloc(long address, long byteSize) {
        long moved = memalign(16, byteSize);
        long keptByteSize = Math.min(byteSize, byteSizeOf(address));
        for (long offset = 0; offset < keptByteSize; offset++) {
            AddressSpace.putByte(moved + offset, AddressSpace.getByte(address + offset));
        }
        free(address);
        return moved;
    }

    @Override
    public synchronized long memalign(long byteAlignment, long byteSize) {
        long rounded = (byteSize + byteAlignment - 1) & -byteAlignment;
        Deque<Long> reusable = freeBlocks.get(rounded * 64 + Long.numberOfTrailingZeros(byteAlignment));
        Long address = reusable == null ? null : reusable.pollLast();
        long block = address != null ? address : carve(byteAlignment, rounded);
        byteSizes.put(block, byteSize);
        byteAlignments.put(block, byteAlignment);
        return block;
    }

    private long carve(long byteAlignment, long byteSize) {
        long start = (next + byteAlignment - 1) & -byteAlignment;
        if (start + byteSize > end) {
            MemorySegment piece = memory.allocate(PIECE_BYTES, 1 << 14);
            next = piece.address();
            end = next + PIECE_BYTES;
            start = next;
        }
        next = start + byteSize;
        return start;
    }

    @Override
    public synchronized void free(long address) {
        long byteAlignment = byteAlignments.remove(address);
        long rounded = (byteSizes.remove(address) + byteAlignment - 1) & -byteAlignment;
        freeBlocks
                .computeIfAbsent(rounded * 64 + Long.numberOfTrailingZeros(byteAlignment), key -> new ArrayDeque<>())
                .add(address);
    }

    /** The size that was asked for, of a live block. */
    final synchronized long byteSizeOf(long address) {
        return byteSizes.get(address);
    }

    final synchronized int liveBlockCount() {
        return byteSizes.size();
    }

    @Override
    public void close() {
        memory.close();
    }
}
