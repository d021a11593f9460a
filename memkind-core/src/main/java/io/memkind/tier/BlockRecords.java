package io.memkind.tier;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * For every live block of a tiered memory: the size that was asked for, and its tier. Found from the address by arithmetic,
 * kept outside the blocks. Thread-safe, without locks but where a new gigabyte of addresses comes into use.
 */
final class BlockRecords {
    /*
     * root[address >>> 39][address >>> 30 & 511] is a leaf, which describes 1 GiB of addresses:
     *
     *   0         one byte for each multiple of 16
     *   64 MiB    one byte for each odd multiple of 8, where only blocks of up to 8 bytes start
     *   128 MiB   one byte for each 4 KiB: 1 + tier of the blocks that start there. A page belongs to one kind at a time
     *
     * The byte of an address says: 0, no block of ours starts here; 1 to 126, one of this many bytes less 1; 127, one of 126
     * bytes or more. Such a block spans 128 bytes at least, so the 7 bytes behind are its own: they have the size, 7 bits each
     * below a set top bit. A byte with that bit is never a start, so an address inside a block is never taken for one.
     *
     * The memory is zero pages until it is written to: 1/16 of what the small blocks span, and next to nothing for large ones.
     * It lives as long as these records are reachable, hence the fences; so a call that is late after close() finds it still.
     *
     * Order: a record is written plainly by the thread that has the block from its kind and is about to publish the address,
     * and taken back by compare-and-set: of two frees of one block, one gets it. Only the one who got it may free the block
     * in the kind, so the address comes back to nobody before.
     */
    static final long NONE = -1;

    /** A block that is found by {@link #forEach}. */
    interface Visitor {
        void visit(long address);
    }

    private static final int ADDRESS_BITS = 48;
    private static final int LEAF_SHIFT = 30;
    private static final int NODE_SHIFT = 39;
    private static final int NODE_SIZE = 1 << (NODE_SHIFT - LEAF_SHIFT);
    private static final long LEAF_MASK = (1L << LEAF_SHIFT) - 1;
    private static final int PAGE_SHIFT = 12;
    private static final long PLANE_BYTES = 1L << (LEAF_SHIFT - 4);
    private static final long PAGE_BYTES = 1L << (LEAF_SHIFT - PAGE_SHIFT);
    private static final long LEAF_BYTES = 2 * PLANE_BYTES + PAGE_BYTES;
    private static final int ODD_SHIFT = Long.numberOfTrailingZeros(PLANE_BYTES) - 3;

    private static final int MAX_SHORT_BYTES = 125;
    private static final int LONG_START = 127;

    /* With a constant segment, an access is one instruction. */
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final ValueLayout.OfByte BYTE = ValueLayout.JAVA_BYTE;
    private static final ValueLayout.OfLong LONG = ValueLayout.JAVA_LONG_UNALIGNED;
    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle().withInvokeExactBehavior();

    /* Without decay, a leaf that is no longer used goes back at once and comes again as zero pages. */
    private static final MemoryKind MEMORY = MemoryKind.builder(Kinds.DEFAULT)
            .name("memkind_tier_records")
            .decay(Duration.ZERO)
            .build();

    @SuppressWarnings("NullAway") // array elements start out null
    private final long[] @Nullable [] root = new long[1 << (ADDRESS_BITS - NODE_SHIFT)][];

    private final SegmentAllocator memory;
    /* Keeps the leaves. Guarded by this. */
    private final List<MemorySegment> leaves = new ArrayList<>();

    BlockRecords() {
        this(MEMORY.autoArena());
    }

    /** Records in zeroed memory that lives as long as its segments are reachable. */
    BlockRecords(SegmentAllocator memory) {
        this.memory = memory;
    }

    /* The address of the leaf that describes the address, any long; 0 if there is none. */
    private long leafOf(long address) {
        if (address >>> ADDRESS_BITS != 0) {
            return 0;
        }
        long[] node = root[(int) (address >>> NODE_SHIFT)];
        return node == null ? 0 : node[(int) (address >>> LEAF_SHIFT) & (NODE_SIZE - 1)];
    }

    private synchronized long newLeaf(long address) {
        long leaf = leafOf(address);
        if (leaf == 0) {
            int index = (int) (address >>> NODE_SHIFT);
            long[] node = root[index];
            if (node == null) {
                node = new long[NODE_SIZE];
                root[index] = node;
            }
            MemorySegment segment = memory.allocate(LEAF_BYTES, 1L << PAGE_SHIFT);
            leaves.add(segment);
            leaf = segment.address();
            node[(int) (address >>> LEAF_SHIFT) & (NODE_SIZE - 1)] = leaf;
        }
        return leaf;
    }

    private static long offsetOf(long address) {
        return ((address & LEAF_MASK) >>> 4) + ((address & 8) << ODD_SHIFT);
    }

    private static long pageOffsetOf(long address) {
        return 2 * PLANE_BYTES + ((address & LEAF_MASK) >>> PAGE_SHIFT);
    }

    /**
     * Enters a block.
     *
     * @return the size of a block that was still entered there, because it was freed in its kind directly; else {@link #NONE}
     * @throws io.memkind.KindExhaustedException if there is no memory for the record; nothing has changed
     */
    long put(long address, long byteSize, int tier) {
        long leaf = leafOf(address);
        if (leaf == 0) {
            leaf = newLeaf(address);
        }
        long page = pageOffsetOf(address);
        if (ALL.get(BYTE, leaf + page) != (byte) (tier + 1)) {
            ALL.set(BYTE, leaf + page, (byte) (tier + 1));
        }
        long offset = offsetOf(address);
        byte before = ALL.get(BYTE, leaf + offset);
        long stale = before > 0 ? sizeAt(leaf, offset, before) : NONE;
        if (byteSize <= MAX_SHORT_BYTES) {
            ALL.set(BYTE, leaf + offset, (byte) (byteSize + 1));
        } else {
            ALL.set(LONG, leaf + offset, longRecord(byteSize));
        }
        Reference.reachabilityFence(this);
        return stale;
    }

    private static long longRecord(long byteSize) {
        long record = LONG_START;
        for (int i = 0; i < 7; i++) {
            record |= (((byteSize >>> (7 * i)) & 0x7F) | 0x80) << (8 * i + 8);
        }
        return record;
    }

    private static long sizeAt(long leaf, long offset, byte start) {
        return start == LONG_START ? longSizeOf(ALL.get(LONG, leaf + offset)) : start - 1;
    }

    private static long longSizeOf(long record) {
        long byteSize = 0;
        for (int i = 0; i < 7; i++) {
            byteSize |= ((record >>> (8 * i + 8)) & 0x7F) << (7 * i);
        }
        return byteSize;
    }

    /** The size of the block that starts at an address, any long; {@link #NONE} if there is none. */
    long get(long address) {
        long leaf = leafOf(address);
        if (leaf == 0 || (address & 7) != 0) {
            return NONE;
        }
        long offset = offsetOf(address);
        byte start = ALL.get(BYTE, leaf + offset);
        long byteSize = start > 0 ? sizeAt(leaf, offset, start) : NONE;
        Reference.reachabilityFence(this);
        return byteSize;
    }

    /** The tier of the block that starts at an address; of one that was claimed, until it is freed in its kind. */
    int tierOf(long address) {
        long leaf = leafOf(address);
        int tier = leaf == 0 ? -1 : (ALL.get(BYTE, leaf + pageOffsetOf(address)) & 0xFF) - 1;
        Reference.reachabilityFence(this);
        return tier;
    }

    /**
     * Takes the record of the block that starts at an address, any long, away. One thread gets it.
     *
     * @return the size of the block; {@link #NONE} if there is none
     */
    long claim(long address) {
        long leaf = leafOf(address);
        if (leaf == 0 || (address & 7) != 0) {
            return NONE;
        }
        long offset = offsetOf(address);
        byte start = ALL.get(BYTE, leaf + offset);
        long byteSize = start > 0 && clear(leaf, offset, start) ? sizeAt(leaf, offset, start) : NONE;
        Reference.reachabilityFence(this);
        return byteSize;
    }

    /* The four bytes that can be compared and set at once hold the records of other blocks too. Little-endian. */
    private static boolean clear(long leaf, long offset, byte start) {
        long word = leaf + (offset & -4);
        int shift = (int) (offset & 3) << 3;
        while (true) {
            int seen = (int) INT.getVolatile(ALL, word);
            if ((byte) (seen >>> shift) != start) {
                return false;
            }
            if (INT.compareAndSet(ALL, word, seen, seen & ~(0xFF << shift))) {
                return true;
            }
        }
    }

    /** Visits every block that has a record, and perhaps those that come and go meanwhile. */
    void forEach(Visitor visitor) {
        for (int i = 0; i < root.length; i++) {
            long[] node = root[i];
            for (int j = 0; node != null && j < NODE_SIZE; j++) {
                long leaf = node[j];
                if (leaf != 0) {
                    forEach(leaf, ((long) i << NODE_SHIFT) + ((long) j << LEAF_SHIFT), visitor);
                }
            }
        }
        Reference.reachabilityFence(this);
    }

    private static void forEach(long leaf, long leafAddress, Visitor visitor) {
        for (long page = 0; page < PAGE_BYTES; page++) {
            if (ALL.get(BYTE, leaf + 2 * PLANE_BYTES + page) != 0) {
                long pageAddress = leafAddress + (page << PAGE_SHIFT);
                for (long address = pageAddress; address < pageAddress + (1L << PAGE_SHIFT); address += 8) {
                    if (ALL.get(BYTE, leaf + offsetOf(address)) > 0) {
                        visitor.visit(address);
                    }
                }
            }
        }
    }
}
