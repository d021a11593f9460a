package io.memkind.internal.heap;

import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.os.MapFlags;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.Platform;
import io.memkind.internal.os.RawMemory;
import io.memkind.internal.os.VirtualMemory;

/**
 * The process-wide record of slab blocks, found from an address by arithmetic alone: which shard and size class a page
 * belongs to, and whether a live block starts at an address. Every free is checked against it.
 *
 * <p>Kept outside the Java heap and outside the managed memory, in mappings that the kernel fills with zero pages when
 * they are touched: about 0.8 % of the memory in slabs, and nothing for memory that is not.
 */
final class BlockMap {
    /*
     * root[address >>> 32] is the address of a leaf, or 0. A leaf describes 4 GiB:
     *
     *   tags          one int a page: shard id << 8 | size class; the top bit is set while blocks of the page may be in
     *                 the remote plane. 0: no slab.                                              atomically for the top bit
     *   live plane    one bit for each 16 bytes: a live block starts there                       owner of the slab only
     *   live plane 2  the same for the odd multiples of 8, which only blocks of 8 bytes use      owner of the slab only
     *   remote planes laid out as the live planes: freed by another thread, not yet collected    anyone, atomically
     *
     * 64 bits of a plane describe 1 KiB, so blocks of different slabs never share a word, and the owner needs no atomic
     * operation on the live planes.
     */
    static final int LEAF_SHIFT = 32;

    static final int TAG_SHARD_SHIFT = 8;
    static final int TAG_REMOTE = 1 << 31;
    static final int MAX_SHARD_ID = (1 << 22) - 1;

    /** A plane word describes this many bytes. */
    static final long WORD_SPAN_BYTES = 1024;

    private static final long LEAF_SPAN = 1L << LEAF_SHIFT;
    private static final long PLANE_BYTES = LEAF_SPAN / 16 / 8;
    private static final long TAG_BYTES = (LEAF_SPAN >>> PageSize.SHIFT) * 4;
    private static final long LEAF_BYTES = TAG_BYTES + 4 * PLANE_BYTES;
    /* Shift that turns bit 3 of an address into PLANE_BYTES. */
    private static final int ODD_SHIFT = Long.numberOfTrailingZeros(PLANE_BYTES) - 3;

    /* On the Java heap, where an access costs the compiler a twentieth of what one to raw memory does; see Magazines. */
    private static final long[] ROOT = new long[1 << (Platform.current().addressBits() - LEAF_SHIFT)];

    private BlockMap() {}

    /** Makes sure that the range, which lies in one slab, has leaves. */
    static synchronized void reserve(VirtualMemory memory, long address, long byteSize) {
        for (int i = regionOf(address); i <= regionOf(address + byteSize - 1); i++) {
            if (ROOT[i] == 0) {
                long leaf = memory.map(LEAF_BYTES, MapFlags.NORESERVE);
                if (leaf <= 0) {
                    throw ExtentUnavailableException.ofCall("mmap of metadata", LEAF_BYTES, (int) -leaf);
                }
                ROOT[i] = leaf;
            }
        }
    }

    /* All that is above the leaf's 32 bits, so that no two addresses of different regions have the same; negative for some. */
    private static int regionOf(long address) {
        return (int) (address >>> LEAF_SHIFT);
    }

    /** The leaf that describes the address, or 0 if no slab ever lay within its 4 GiB. Takes any long. */
    static long leafOf(long address) {
        int region = regionOf(address);
        return region >= 0 && region < ROOT.length ? ROOT[region] & RawMemory.ADDRESS_MASK : 0;
    }

    /** The leaf that describes an address in a slab. */
    static long leafOfValid(long address) {
        return ROOT[regionOf(address)] & RawMemory.ADDRESS_MASK;
    }

    /** The tag of the page that holds the address. */
    static int tag(long leaf, long address) {
        return RawMemory.getInt(tagAddress(leaf, address));
    }

    private static long tagAddress(long leaf, long address) {
        return leaf + (((address & (LEAF_SPAN - 1)) >>> PageSize.SHIFT) << 2);
    }

    static void setTags(long address, long pageCount, int tag) {
        for (long i = 0; i < pageCount; i++) {
            long page = address + (i << PageSize.SHIFT);
            RawMemory.putInt(tagAddress(leafOf(page), page), tag);
        }
    }

    /** Says that blocks of the page of this address are in the remote plane, or about to be. */
    static void markRemote(long leaf, long address) {
        if (tag(leaf, address) >= 0) {
            RawMemory.getAndOrInt(tagAddress(leaf, address), TAG_REMOTE);
        }
    }

    /** By the owner: no other thread has freed the block, which is not live, as far as can be seen. */
    static void clearRemote(long leaf, long address) {
        long word = remoteWord(liveWord(leaf, address));
        if ((RawMemory.getLongOpaque(word) & bitOf(address)) != 0) {
            RawMemory.getAndAndLong(word, ~bitOf(address));
        }
    }

    /** The owner is about to collect the page's blocks from the remote plane. */
    static void unmarkRemote(long leaf, long address) {
        RawMemory.getAndAndInt(tagAddress(leaf, address), ~TAG_REMOTE);
    }

    /** Address of the live word for the address: bit {@code address >>> 4}, modulo 64, of it is the block's. */
    static long liveWord(long leaf, long address) {
        return leaf + TAG_BYTES + (((address & (LEAF_SPAN - 1)) >>> 10) << 3) + ((address & 8) << ODD_SHIFT);
    }

    /** Address of the remote word that belongs to a live word. */
    static long remoteWord(long liveWord) {
        return liveWord + 2 * PLANE_BYTES;
    }

    /** Address of the live word of the odd multiples of 8 that belongs to one of the even multiples. */
    static long oddWord(long liveWord) {
        return liveWord + PLANE_BYTES;
    }

    static long bitOf(long address) {
        return 1L << (address >>> 4);
    }

    /** By the owner: a live block starts at the address from now on. */
    static void setLive(long leaf, long address) {
        long word = liveWord(leaf, address);
        RawMemory.putLong(word, RawMemory.getLong(word) | bitOf(address));
    }

    /** By the owner: no block is live, or freed by others, in the span of the plane word that starts at the address. */
    static void clear(long address) {
        long word = liveWord(leafOfValid(address), address);
        for (int plane = 0; plane < 4; plane++) {
            /* Reading first leaves pages that were never written to untouched. */
            if (RawMemory.getLong(word + plane * PLANE_BYTES) != 0) {
                RawMemory.putLong(word + plane * PLANE_BYTES, 0);
            }
        }
    }

    /** Whether a live block starts at the address. For the owner it is exact; for others, a snapshot. */
    static boolean isLive(long address) {
        long leaf = leafOf(address);
        if (leaf == 0 || (address & 7) != 0) {
            return false;
        }
        long word = liveWord(leaf, address);
        /* Remote before live: a collector clears them in the other order, see Slab.collectWord. */
        long remote = RawMemory.getLongAcquire(remoteWord(word));
        return (RawMemory.getLongOpaque(word) & ~remote & bitOf(address)) != 0;
    }
}
