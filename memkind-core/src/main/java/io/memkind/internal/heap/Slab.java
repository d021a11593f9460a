package io.memkind.internal.heap;

import io.memkind.internal.extent.PageMap;
import io.memkind.internal.extent.PageOwner;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.RawMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * An extent cut into equal blocks, with one bit a block that says whether the block is here, free, or out: in a magazine
 * or live. Which of the two, {@link BlockMap} knows.
 *
 * <p>All but the remote part is only for whoever is inside the owning shard.
 */
final class Slab extends PageOwner {
    static final int MAX_BLOCKS = 64 * 64;

    private static final VarHandle REMOTE_GROUPS;

    static {
        try {
            REMOTE_GROUPS = MethodHandles.lookup().findVarHandle(Slab.class, "remoteGroups", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    /*
     * index = offset * reciprocal >> 44 with reciprocal = ceil(2^44 / blockBytes). Exact for every block start: the error
     * is offset * (blockBytes - 1) / 2^44 blocks at most, below one for slabs up to 2^20 and blocks up to 2^16 bytes. The
     * product stays below 2^63 for the same sizes.
     */
    private static final int RECIPROCAL_SHIFT = 44;

    final Shard shard;
    final int sizeClass;
    final int blockBytes;
    final int blockCount;
    private final long reciprocal;
    /* Bit i of freeWords[j]: block 64 j + i is here. freeSummary bit j: freeWords[j] != 0. */
    private final long[] freeWords;
    private long freeSummary;
    private int outBlocks;

    /** Whether the slab is in its shard's heap of slabs with free blocks. */
    boolean listed;

    /** Whether the slab was given back to the pool; its object may still be found by a late remote free. */
    boolean retired;

    /* Bit g: a remote word of the g-th 64th of the slab may be non-zero. Anyone, atomically. */
    @SuppressWarnings("unused") // by REMOTE_GROUPS
    private long remoteGroups;

    /** Link of the queue in {@link RemoteFrees}. */
    @Nullable Slab nextRemote;

    Slab(Shard shard, int sizeClass, long address, long pageCount) {
        super(address, pageCount);
        this.shard = shard;
        this.sizeClass = sizeClass;
        this.blockBytes = (int) SizeClasses.byteSizeOf(sizeClass);
        this.blockCount = (int) Math.min(MAX_BLOCKS, (pageCount << PageSize.SHIFT) / blockBytes);
        this.reciprocal = ((1L << RECIPROCAL_SHIFT) + blockBytes - 1) / blockBytes;
        int wordCount = (blockCount + 63) >>> 6;
        this.freeWords = new long[wordCount];
        Arrays.fill(freeWords, -1L);
        if ((blockCount & 63) != 0) {
            freeWords[wordCount - 1] = (1L << blockCount) - 1;
        }
        this.freeSummary = -1L >>> (64 - wordCount);
    }

    boolean hasFree() {
        return freeSummary != 0;
    }

    /** Whether all blocks are here. */
    boolean isEmpty() {
        return outBlocks == 0;
    }

    /** Moves up to {@code wanted} free blocks, the lowest ones, into the magazine, so that the lowest comes out first. */
    void fill(long[] magazine, int wanted) {
        int before = Magazines.count(magazine);
        int moved = Math.min(Math.min(wanted, blockCount - outBlocks), Magazines.capacity(magazine) - before);
        int place = before + moved;
        while (place > before) {
            int word = Long.numberOfTrailingZeros(freeSummary);
            long bits = freeWords[word];
            for (; place > before && bits != 0; bits &= bits - 1) {
                int index = (word << 6) + Long.numberOfTrailingZeros(bits);
                Magazines.setBlockAt(magazine, --place, address() + (long) index * blockBytes);
            }
            freeWords[word] = bits;
            if (bits == 0) {
                freeSummary &= freeSummary - 1;
            }
        }
        outBlocks += moved;
        Magazines.setCount(magazine, before + moved);
    }

    /** Takes back a block that was out and is dead. */
    void put(long block) {
        int index = (int) (((block - address()) * reciprocal) >>> RECIPROCAL_SHIFT);
        freeWords[index >>> 6] |= 1L << index;
        freeSummary |= 1L << (index >>> 6);
        outBlocks--;
    }

    /** Start of the block slot that holds the address, whether live or not; -1 behind the last block. */
    long slotOf(long address) {
        long index = (address - address()) / blockBytes;
        return index < blockCount ? address() + index * blockBytes : -1;
    }

    /**
     * Marks a block as freed by another thread.
     *
     * @return 0 if no live block starts at the address, and nothing has changed; 1 if done; 2 if done and the caller must
     *     queue the slab with its owner
     */
    int releaseRemote(long leaf, long address) {
        long liveWord = BlockMap.liveWord(leaf, address);
        long bit = BlockMap.bitOf(address);
        long remoteWord = BlockMap.remoteWord(liveWord);
        /*
         * Remote before live: a collector clears them in the other order, so that a freed block never looks live. A free by
         * the owner that the caller knows of is seen; one that races with this call may not be.
         */
        if ((address & 7) != 0
                || (RawMemory.getLongAcquire(remoteWord) & bit) != 0
                || (RawMemory.getLongOpaque(liveWord) & bit) == 0) {
            return 0;
        }
        /*
         * The mark before the bit: an owner that finds it looks for the bit before it uses the block again. And after it,
         * since a collector may have taken the mark away in between.
         */
        BlockMap.markRemote(leaf, address);
        long before = RawMemory.getAndOrLong(remoteWord, bit);
        if ((before & bit) != 0) {
            return 0;
        }
        BlockMap.markRemote(leaf, address);
        /*
         * Whoever makes a remote word non-zero tells the slab's groups; whoever makes the groups non-zero queues the slab.
         */
        if (before != 0) {
            return 1;
        }
        long groups = (long) REMOTE_GROUPS.getAndBitwiseOr(this, 1L << groupOf(address));
        return groups == 0 ? 2 : 1;
    }

    private int groupOf(long address) {
        return (int) ((address - address()) / groupBytes());
    }

    /* Whole pages, such that 64 groups cover the slab. */
    private long groupBytes() {
        return ((pageCount() + 63) / 64) << PageSize.SHIFT;
    }

    /**
     * Takes back all blocks that other threads have freed. By the owner, after it took the slab off its queue and read
     * {@link #nextRemote}.
     *
     * @return number of blocks taken back
     */
    int collectRemote() {
        int collected = 0;
        long groups = (long) REMOTE_GROUPS.getAndSet(this, 0L);
        long end = address() + (pageCount() << PageSize.SHIFT);
        while (groups != 0) {
            long from = address() + Long.numberOfTrailingZeros(groups) * groupBytes();
            groups &= groups - 1;
            long to = Math.min(end, from + groupBytes());
            for (long page = from; page < to; page += PageSize.BYTES) {
                collected += collectPage(page);
            }
        }
        return collected;
    }

    /* The tag first: a block that is freed after its word was read marks the page again. */
    private int collectPage(long page) {
        int collected = 0;
        long leaf = BlockMap.leafOf(page);
        BlockMap.unmarkRemote(leaf, page);
        for (long at = page; at < page + PageSize.BYTES; at += BlockMap.WORD_SPAN_BYTES) {
            long word = BlockMap.liveWord(leaf, at);
            collected += collectWord(word, at);
            if (blockBytes == 8) {
                collected += collectWord(BlockMap.oddWord(word), at + 8);
            }
        }
        return collected;
    }

    private int collectWord(long liveWord, long firstAddress) {
        long remoteWord = BlockMap.remoteWord(liveWord);
        int collected = 0;
        long remote = RawMemory.getLongAcquire(remoteWord);
        /* Until it is zero: whoever frees a block while the word is not, tells nobody. */
        while (remote != 0) {
            long live = RawMemory.getLong(liveWord);
            /* A block that is not live was freed by the owner and another thread at the same instant. It is free once. */
            long freed = remote & live;
            RawMemory.putLong(liveWord, live & ~freed);
            long before = RawMemory.getAndAndLong(remoteWord, ~remote);
            for (long bits = freed; bits != 0; bits &= bits - 1) {
                put(firstAddress + 16L * Long.numberOfTrailingZeros(bits));
            }
            collected += Long.bitCount(freed);
            remote = before & ~remote;
        }
        return collected;
    }

    /** Live blocks, by a look at the block map; with other threads at work, approximate. */
    int liveBlocks() {
        int count = 0;
        long end = address() + (pageCount() << PageSize.SHIFT);
        for (long at = address(); at < end; at += BlockMap.WORD_SPAN_BYTES) {
            long word = BlockMap.liveWord(BlockMap.leafOf(at), at);
            count += liveIn(word);
            if (blockBytes == 8) {
                count += liveIn(BlockMap.oddWord(word));
            }
        }
        return count;
    }

    /** By the owner that retires the slab: leaves nothing of it in the block map. */
    void forget() {
        retired = true;
        long end = address() + (pageCount() << PageSize.SHIFT);
        for (long at = address(); at < end; at += BlockMap.WORD_SPAN_BYTES) {
            BlockMap.clear(at);
        }
        BlockMap.setTags(address(), pageCount(), 0);
        PageMap.setAll(address(), pageCount(), null);
    }

    private static int liveIn(long word) {
        return Long.bitCount(RawMemory.getLongOpaque(word) & ~RawMemory.getLongOpaque(BlockMap.remoteWord(word)));
    }
}
