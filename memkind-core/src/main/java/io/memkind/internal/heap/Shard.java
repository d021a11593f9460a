package io.memkind.internal.heap;

import io.memkind.internal.extent.AddressHeap;
import io.memkind.internal.extent.ExtentPool;
import io.memkind.internal.extent.PageMap;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.RawMemory;
import org.jspecify.annotations.Nullable;

/**
 * An allocator of its own inside a heap, over the memory of one place: the slabs, magazines and cached large blocks that one thread, or the visitors of
 * one stripe, allocate from. Blocks freed by others come back through {@link RemoteFrees}.
 *
 * <p>Methods whose names begin with {@code try} are for the owner, outside the gate; the others for whoever is inside.
 */
final class Shard extends ShardGate {
    /*
     * A block of a slab is free in the slab, free in the magazine of its class, or live. Only the way from a magazine to
     * live and back is fast; it touches the magazine and one word of the block map, never the slab.
     *
     * A slab with free blocks is listed in available[c], and allocation fills the magazine from the one at the lowest
     * address. A slab whose blocks are all free goes back to the pool, unless it is small and the only one listed.
     */
    private static final int MAX_KEPT_BLOCK_BYTES = 4096;

    /** Content of a new block: whatever is there. */
    static final long UNSPECIFIED = -1;

    /** Content of a new block: zero. Any other value is the address to copy from. */
    static final long ZEROS = 0;

    final Heap heap;
    /** Where the memory of the slabs and cached blocks comes from. */
    final int place;

    final ExtentPool pool;
    final RemoteFrees remoteFrees = new RemoteFrees();
    private final int firstTag;
    private final long[][] magazines = Magazines.create();
    private final @Nullable AddressHeap[] available = new AddressHeap[SizeClasses.SLAB_CLASS_COUNT];
    private final LargeCache largeCache = new LargeCache();

    /** What the decay thread saw last. */
    int seenActivity;

    /** Makes a stripe. */
    Shard(Heap heap, int place) {
        this.heap = heap;
        this.place = place;
        pool = heap.pools().of(place);
        firstTag = ShardIds.take() << BlockMap.TAG_SHARD_SHIFT;
    }

    Shard(Heap heap, int place, Thread owner, long keyBase) {
        super(owner, keyBase);
        this.heap = heap;
        this.place = place;
        pool = heap.pools().of(place);
        firstTag = ShardIds.take() << BlockMap.TAG_SHARD_SHIFT;
    }

    /** By the heap that closes, after it shut the gate: its number may be given to others. */
    void destroy() {
        ShardIds.giveBack(firstTag >>> BlockMap.TAG_SHARD_SHIFT);
    }

    /** A block of the class, or 0 if it takes the slow path. */
    long tryAllocate(int sizeClass) {
        if (!tryEnterAsOwner()) {
            return 0;
        }
        long block = popUnmarked(magazines[sizeClass]);
        exit();
        return block;
    }

    /** As {@link #tryAllocate}, zeroed. The gate is held meanwhile: it keeps the heap from being closed. */
    long tryAllocateZeroed(int sizeClass, long byteSize) {
        if (!tryEnterAsOwner()) {
            return 0;
        }
        try {
            long block = popUnmarked(magazines[sizeClass]);
            if (block != 0) {
                heap.write(block, ZEROS, byteSize);
            }
            return block;
        } finally {
            exit();
        }
    }

    /*
     * A block that its owner and another thread freed at the same instant is in a magazine and in the remote plane. Its page
     * is marked, and the slow path sets it right before the block lives again.
     */
    private static long popUnmarked(long[] magazine) {
        long block = Magazines.pop(magazine);
        if (block == 0) {
            return 0;
        }
        long leaf = BlockMap.leafOfValid(block);
        if (BlockMap.tag(leaf, block) < 0) {
            Magazines.push(magazine, block);
            return 0;
        }
        BlockMap.setLive(leaf, block);
        return block;
    }

    /** Frees the block of this shard that starts at the address; false if it takes the slow path or there is none. */
    boolean tryFree(long leaf, long address) {
        if (!tryEnterAsOwner()) {
            return false;
        }
        boolean freed = freeToMagazine(leaf, address);
        exit();
        return freed;
    }

    /* One comparison tells that the page is a slab's, that the slab is this shard's, and that no remote free is pending. */
    private boolean freeToMagazine(long leaf, long address) {
        int sizeClass = BlockMap.tag(leaf, address) - firstTag;
        if (Integer.compareUnsigned(sizeClass, SizeClasses.SLAB_CLASS_COUNT) >= 0) {
            return false;
        }
        long word = BlockMap.liveWord(leaf, address);
        long live = RawMemory.getLong(word);
        long rest = live & ~BlockMap.bitOf(address);
        if (rest == live || (address & 7) != 0 || !Magazines.push(magazines[sizeClass], address)) {
            return false;
        }
        RawMemory.putLong(word, rest);
        return true;
    }

    /**
     * A block of the class, with {@code contentBytes} of {@code content} written to it.
     *
     * @param content {@link #UNSPECIFIED}, {@link #ZEROS} or an address
     * @throws io.memkind.internal.extent.ExtentUnavailableException if there is no memory for a slab; nothing has changed
     */
    long allocate(int sizeClass, long content, long contentBytes) {
        long block = allocate(sizeClass);
        heap.write(block, content, contentBytes);
        return block;
    }

    private long allocate(int sizeClass) {
        long[] magazine = Magazines.use(magazines, sizeClass);
        collectRemoteFrees();
        long block = Magazines.pop(magazine);
        if (block == 0) {
            block = heap.options().keepsNothing() ? takeOne(magazine, sizeClass) : refill(magazine, sizeClass);
        }
        long leaf = BlockMap.leafOfValid(block);
        BlockMap.clearRemote(leaf, block);
        BlockMap.setLive(leaf, block);
        return block;
    }

    private long refill(long[] magazine, int sizeClass) {
        Magazines.grow(magazine, sizeClass);
        fill(magazine, sizeClass, Magazines.capacity(magazine) / 2);
        return Magazines.pop(magazine);
    }

    /* With no capacity, the magazine makes every free take the slow way, to the slab. */
    private long takeOne(long[] magazine, int sizeClass) {
        Magazines.setCapacity(magazine, 1);
        try {
            fill(magazine, sizeClass, 1);
            return Magazines.pop(magazine);
        } finally {
            Magazines.setCapacity(magazine, 0);
        }
    }

    private AddressHeap availableOf(int sizeClass) {
        AddressHeap slabs = available[sizeClass];
        if (slabs == null) {
            slabs = new AddressHeap();
            available[sizeClass] = slabs;
        }
        return slabs;
    }

    /* From one slab only: the next one is for the next time. */
    private void fill(long[] magazine, int sizeClass, int wanted) {
        AddressHeap slabs = availableOf(sizeClass);
        Slab slab = (Slab) slabs.first();
        if (slab == null) {
            slab = newSlab(sizeClass);
            list(slab);
        }
        slab.fill(magazine, wanted);
        if (!slab.hasFree()) {
            unlist(slab);
        }
    }

    private Slab newSlab(int sizeClass) {
        int pageCount = SizeClasses.slabPagesOf(sizeClass);
        long address = ExtentPool.addressOf(heap.obtain(pool, pageCount, PageSize.BYTES));
        Slab slab;
        try {
            BlockMap.reserve(heap.memory(), address, (long) pageCount << PageSize.SHIFT);
            slab = new Slab(this, sizeClass, address, pageCount);
        } catch (RuntimeException | OutOfMemoryError e) {
            heap.release(pool, address, pageCount);
            throw e;
        }
        PageMap.setAll(address, pageCount, slab);
        BlockMap.setTags(address, pageCount, firstTag + sizeClass);
        return slab;
    }

    private void list(Slab slab) {
        availableOf(slab.sizeClass).insert(slab);
        slab.listed = true;
    }

    private void unlist(Slab slab) {
        availableOf(slab.sizeClass).remove(slab);
        slab.listed = false;
    }

    /**
     * Frees the block of one of this shard's slabs that starts at the address; false if there is none. Unlike {@link
     * #tryFree}, looks at the remote plane too, and makes room in the magazine.
     */
    boolean free(Slab slab, long leaf, long address) {
        collectRemoteFrees();
        if (!BlockMap.isLive(address)) {
            return false;
        }
        long word = BlockMap.liveWord(leaf, address);
        RawMemory.putLong(word, RawMemory.getLong(word) & ~BlockMap.bitOf(address));
        if (heap.options().keepsNothing()) {
            slab.put(address);
            settle(slab);
            return true;
        }
        long[] magazine = magazines[slab.sizeClass];
        if (Magazines.count(magazine) == Magazines.capacity(magazine)) {
            Magazines.shrink(magazine, slab.sizeClass);
            flush(magazine, Math.max(0, Magazines.count(magazine) - Magazines.capacity(magazine) / 2));
        }
        return Magazines.push(magazine, address);
    }

    private void flush(long[] magazine, int oldest) {
        for (int i = 0; i < oldest; i++) {
            long block = Magazines.blockAt(magazine, i);
            if (PageMap.get(block) instanceof Slab slab) {
                slab.put(block);
                settle(slab);
            }
        }
        Magazines.dropOldest(magazine, oldest);
    }

    /* Puts a slab where it belongs after blocks came back to it. */
    private void settle(Slab slab) {
        if (!slab.listed) {
            list(slab);
        }
        if (slab.isEmpty()
                && (slab.blockBytes > MAX_KEPT_BLOCK_BYTES
                        || heap.options().keepsNothing()
                        || !availableOf(slab.sizeClass).isOnly(slab))) {
            unlist(slab);
            retire(slab);
        }
    }

    private void retire(Slab slab) {
        slab.forget();
        heap.release(pool, slab.address(), slab.pageCount());
    }

    /** Takes back the blocks that other threads have freed. */
    void collectRemoteFrees() {
        if (remoteFrees.isEmptyOpaque()) {
            return;
        }
        Slab slab = remoteFrees.takeAll();
        while (slab != null) {
            /* Before collectRemote: from then on the slab may be queued again. */
            Slab next = slab.nextRemote;
            if (!slab.retired && slab.collectRemote() > 0) {
                settle(slab);
            }
            slab = next;
        }
    }

    /** A cached large block of the class, dead still, or null. */
    @Nullable LargeBlock takeCached(int sizeClass) {
        return largeCache.take(sizeClass);
    }

    /** Keeps a dead large block; false if there is no room. */
    boolean offerCached(LargeBlock block) {
        return largeCache.offer(block);
    }

    /** Gives everything back to the pool that holds no live block. */
    void giveBack() {
        collectRemoteFrees();
        for (int sizeClass = 0; sizeClass < available.length; sizeClass++) {
            long[] magazine = magazines[sizeClass];
            flush(magazine, Magazines.count(magazine));
            AddressHeap slabs = available[sizeClass];
            /* settle has left at most one empty slab, and then it is the only one listed. */
            if (slabs != null && slabs.first() instanceof Slab slab && slab.isEmpty()) {
                unlist(slab);
                retire(slab);
            }
        }
        LargeBlock block = largeCache.takeAny();
        while (block != null) {
            heap.releaseLarge(block);
            block = largeCache.takeAny();
        }
    }

    /** A guess by the decay thread, which the heap keeps out before it destroys the shard: changes when the shard is used, and is 0 when there is nothing to give back. */
    int activity() {
        int activity = (int) (largeCache.byteSize() >>> PageSize.SHIFT) + (remoteFrees.isEmptyOpaque() ? 0 : 1);
        for (int sizeClass = 0; sizeClass < available.length; sizeClass++) {
            activity = 31 * activity + Magazines.count(magazines[sizeClass]);
        }
        return activity;
    }
}
