package io.memkind.internal.heap;

import io.memkind.internal.extent.ExtentCounts;
import io.memkind.internal.extent.ExtentPool;
import io.memkind.internal.extent.ExtentPools;
import io.memkind.internal.extent.ExtentSource;
import io.memkind.internal.extent.ExtentSources;
import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.extent.PageMap;
import io.memkind.internal.extent.PageOwner;
import io.memkind.internal.log.Log;
import io.memkind.internal.os.LinuxMemory;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.VirtualMemory;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A heap over one extent source, or over one for each place that its threads take memory from. Thread-safe.
 *
 * <p>Sizes are at least 1; blocks are aligned to 8 bytes up to 8 bytes and to 16 bytes above. Every method that takes an
 * address refuses, by {@link AddressRefusedException} and with nothing changed, one that is not the start of a live block
 * of this heap.
 */
public final class Heap {
    private final ExtentSources sources;
    private final ExtentPools pools;
    private final ShardTable shards;
    private final LargeBlocks largeBlocks;
    private final long keyBase;
    /* Written under this. */
    private volatile boolean closed;
    private volatile boolean decaying;
    private volatile @Nullable HeapEvents events;
    private volatile @Nullable Runnable firstAllocation;
    private final WriterCount writers = new WriterCount();
    private final VirtualMemory memory;
    private final HeapOptions options;

    /** A heap on the running system, with the same memory for all threads. */
    public Heap(ExtentSource source, HeapOptions options) {
        this(ExtentSources.single(source), options);
    }

    /** A heap on the running system. */
    public Heap(ExtentSources sources, HeapOptions options) {
        this(sources, LinuxMemory.INSTANCE, options);
    }

    /** A heap that makes its own system calls, for metadata and barriers, through {@code memory}. */
    Heap(ExtentSources sources, VirtualMemory memory, HeapOptions options) {
        this.sources = sources;
        this.memory = memory;
        this.options = options;
        this.pools = new ExtentPools(sources, options.limitBytes(), options.hogMemory());
        this.shards = new ShardTable(this, Runtime.getRuntime().availableProcessors());
        this.keyBase = shards.keyBase();
        this.largeBlocks = new LargeBlocks(this);
    }

    ExtentPools pools() {
        return pools;
    }

    /* Where the calling thread's memory is to come from. */
    int currentPlace() {
        if (closed) {
            shards.requireOpen();
        }
        return sources.currentPlace();
    }

    HeapOptions options() {
        return options;
    }

    VirtualMemory memory() {
        return memory;
    }

    /* The calling thread's shard, or null if it has none or is to take the slow path for it. */
    @Nullable Shard currentOrNull() {
        return ShardTable.find(keyBase + Thread.currentThread().threadId());
    }

    /* The calling thread's shard at the place where it is, made if need be; or null. */
    @Nullable Shard cachingShard(int place) {
        Shard shard = currentOrNull();
        return shard != null && shard.place == place ? shard : shards.currentOrNew();
    }

    /* The calling thread's shard at a place, or null if it has none. */
    @Nullable Shard cachingShardOrNull(int place) {
        Shard shard = currentOrNull();
        return shard != null && shard.place == place ? shard : shards.ownedByCurrent(place);
    }

    /**
     * Tells {@code observer} from now on what the heap does; null for nobody. While it {@linkplain
     * HeapEvents#countsAllocations counts allocations}, all of them take the slow path; only there are they told.
     */
    public synchronized void observe(@Nullable HeapEvents observer) {
        events = observer;
        pools.observe(observer);
        shards.openFastPath(observer == null || !observer.countsAllocations());
    }

    /** Who was given to {@link #observe} last. */
    public @Nullable HeapEvents observer() {
        return events;
    }

    /**
     * Allocates a block of unspecified content.
     *
     * @throws ExtentUnavailableException if there is no memory; nothing has changed
     */
    public long allocate(long byteSize) {
        if (byteSize <= SizeClasses.MAX_SLAB_BLOCK_BYTES) {
            int sizeClass = SizeClasses.classOf(byteSize);
            Shard shard = currentOrNull();
            if (shard != null) {
                long block = shard.tryAllocate(sizeClass);
                if (block != 0) {
                    return block;
                }
            }
            return allocateSlow(byteSize, sizeClass, Shard.UNSPECIFIED, 0);
        }
        return allocateLarge(byteSize, PageSize.BYTES);
    }

    private long allocateLarge(long byteSize, long byteAlignment) {
        long block = ExtentPool.addressOf(largeBlocks.allocate(byteSize, byteAlignment));
        tellAllocated(byteSize);
        return block;
    }

    private long allocateSlow(long byteSize, int sizeClass, long content, long contentBytes) {
        long block = allocateInSlab(sizeClass, content, contentBytes);
        tellAllocated(byteSize);
        return block;
    }

    /** Has the next allocation told that does not take the fast path, by its thread, with no lock held. */
    public void onFirstAllocation(Runnable listener) {
        firstAllocation = listener;
    }

    private void tellFirstAllocation(Runnable listener) {
        synchronized (this) {
            if (firstAllocation == null) {
                return;
            }
            firstAllocation = null;
        }
        listener.run();
    }

    private void tellAllocated(long byteSize) {
        Runnable listener = firstAllocation;
        if (listener != null) {
            tellFirstAllocation(listener);
        }
        HeapEvents observer = events;
        if (observer != null && observer.countsAllocations()) {
            observer.allocated(byteSize);
        }
    }

    private long allocateInSlab(int sizeClass, long content, long contentBytes) {
        try {
            return allocateFromShard(sizeClass, content, contentBytes);
        } catch (ExtentUnavailableException e) {
            if (!e.hasNodes()) {
                throw e;
            }
            reclaim();
            return allocateScarce(sizeClass, content, contentBytes);
        }
    }

    /* Where there is no room for another slab, there may be for the one block. */
    private long allocateScarce(int sizeClass, long content, long contentBytes) {
        try {
            return allocateFromShard(sizeClass, content, contentBytes);
        } catch (ExtentUnavailableException e) {
            return fillLarge(SizeClasses.byteSizeOf(sizeClass), PageSize.BYTES, content, contentBytes);
        }
    }

    private long allocateFromShard(int sizeClass, long content, long contentBytes) {
        Shard shard = shards.currentOrNew();
        if (shard == null) {
            shard = shards.enterStripe();
        } else {
            shard.enterAsOwner();
        }
        try {
            return shard.allocate(sizeClass, content, contentBytes);
        } finally {
            shard.exit();
        }
    }

    /** As {@link #allocate}, with content zero. */
    public long allocateZeroed(long byteSize) {
        return byteSize <= SizeClasses.MAX_SLAB_BLOCK_BYTES
                ? allocateZeroedInSlab(SizeClasses.classOf(byteSize), byteSize)
                : allocateZeroedLarge(byteSize, PageSize.BYTES);
    }

    private long allocateZeroedInSlab(int sizeClass, long byteSize) {
        Shard shard = currentOrNull();
        if (shard != null) {
            long block = shard.tryAllocateZeroed(sizeClass, byteSize);
            if (block != 0) {
                return block;
            }
        }
        return allocateSlow(byteSize, sizeClass, Shard.ZEROS, byteSize);
    }

    private long allocateZeroedLarge(long byteSize, long byteAlignment) {
        return allocateLarge(byteSize, byteAlignment, Shard.ZEROS, byteSize);
    }

    private long allocateLarge(long byteSize, long byteAlignment, long content, long contentBytes) {
        long block = fillLarge(byteSize, byteAlignment, content, contentBytes);
        tellAllocated(byteSize);
        return block;
    }

    private long fillLarge(long byteSize, long byteAlignment, long content, long contentBytes) {
        writers.enter(this);
        try {
            long tagged = largeBlocks.allocate(byteSize, byteAlignment);
            long block = ExtentPool.addressOf(tagged);
            if (content != Shard.ZEROS || !ExtentPool.isZeroed(tagged)) {
                write(block, content, contentBytes);
            }
            return block;
        } finally {
            writers.exit();
        }
    }

    /**
     * As {@link #allocate}, with the address a multiple of {@code byteAlignment}.
     *
     * @param byteAlignment a power of two
     */
    public long allocateAligned(long byteSize, long byteAlignment) {
        if (byteAlignment <= 16 && (byteAlignment <= 8 || byteSize > 8)) {
            return allocate(byteSize);
        }
        int sizeClass = slabClassOf(byteSize, byteAlignment);
        if (sizeClass < 0) {
            return allocateLarge(byteSize, byteAlignment);
        }
        Shard shard = currentOrNull();
        if (shard != null) {
            long block = shard.tryAllocate(sizeClass);
            if (block != 0) {
                return block;
            }
        }
        return allocateSlow(byteSize, sizeClass, Shard.UNSPECIFIED, 0);
    }

    /** As {@link #allocateAligned}, with content zero. */
    public long allocateAlignedZeroed(long byteSize, long byteAlignment) {
        if (byteAlignment <= 16 && (byteAlignment <= 8 || byteSize > 8)) {
            return allocateZeroed(byteSize);
        }
        int sizeClass = slabClassOf(byteSize, byteAlignment);
        return sizeClass < 0 ? allocateZeroedLarge(byteSize, byteAlignment) : allocateZeroedInSlab(sizeClass, byteSize);
    }

    /* Slabs start at a page, so blocks whose size is a multiple of the alignment are aligned. -1: none of them fits. */
    private static int slabClassOf(long byteSize, long byteAlignment) {
        if (byteAlignment > PageSize.BYTES || byteSize > SizeClasses.MAX_SLAB_BLOCK_BYTES) {
            return -1;
        }
        return SizeClasses.alignedClassOf(byteSize, byteAlignment);
    }

    /** Frees a block. */
    public void free(long address) {
        long leaf = BlockMap.leafOf(address);
        if (leaf != 0) {
            Shard shard = currentOrNull();
            if (shard != null && shard.tryFree(leaf, address)) {
                return;
            }
        }
        freeSlow(leaf, address);
    }

    private void freeSlow(long leaf, long address) {
        PageOwner owner = PageMap.get(address);
        boolean freed;
        if (owner instanceof Slab slab && slab.shard.heap == this && leaf != 0) {
            freed = freeInSlab(slab, leaf, address);
        } else if (owner instanceof LargeBlock block && block.heap == this && block.address() == address) {
            freed = largeBlocks.free(block);
        } else {
            freed = false;
        }
        if (!freed) {
            throw AddressRefusal.of(this, address);
        }
    }

    private boolean freeInSlab(Slab slab, long leaf, long address) {
        Shard shard = slab.shard;
        if (shards.isCurrent(shard)) {
            shard.enterAsOwner();
        } else if (!shard.isStripe() || !shard.tryEnterStripe()) {
            return freeRemote(slab, leaf, address);
        }
        try {
            return shard.free(slab, leaf, address);
        } finally {
            shard.exit();
        }
    }

    private static boolean freeRemote(Slab slab, long leaf, long address) {
        int outcome = slab.releaseRemote(leaf, address);
        if (outcome == 2) {
            slab.shard.remoteFrees.push(slab);
        }
        return outcome != 0;
    }

    /** The size of the block that starts at the address: at least what was asked for. */
    public long usableBytes(long address) {
        PageOwner owner = PageMap.get(address);
        if (owner instanceof Slab slab && slab.shard.heap == this && BlockMap.isLive(address)) {
            return slab.blockBytes;
        }
        LargeBlock block = largeBlocks.find(owner, address);
        if (block != null) {
            return block.byteSize();
        }
        throw AddressRefusal.of(this, address);
    }

    /**
     * Changes the size of a block, in place where that is possible, else by moving its content, up to the smaller of both
     * sizes, to a new block and freeing the old.
     *
     * @return the address of the block from now on
     * @throws ExtentUnavailableException if there is no memory; the old block is untouched
     */
    public long reallocate(long address, long byteSize) {
        PageOwner owner = PageMap.get(address);
        long oldBytes;
        if (owner instanceof Slab slab && slab.shard.heap == this && BlockMap.isLive(address)) {
            oldBytes = slab.blockBytes;
            if (byteSize <= SizeClasses.MAX_SLAB_BLOCK_BYTES && SizeClasses.classOf(byteSize) == slab.sizeClass) {
                return address;
            }
        } else {
            LargeBlock block = largeBlocks.find(owner, address);
            if (block == null) {
                throw AddressRefusal.of(this, address);
            }
            oldBytes = block.byteSize();
            if (byteSize > SizeClasses.MAX_SLAB_BLOCK_BYTES && largeBlocks.tryResize(block, byteSize)) {
                return address;
            }
        }
        long moved;
        try {
            moved = allocateCopy(byteSize, address, Math.min(oldBytes, byteSize));
        } catch (ExtentUnavailableException e) {
            if (byteSize <= oldBytes) {
                return address;
            }
            throw e;
        }
        free(address);
        return moved;
    }

    /* Inside a shard or counted as a writer, so that the memory stays. */
    void write(long block, long content, long contentBytes) {
        if (content == Shard.ZEROS) {
            sources.zero(block, contentBytes);
        } else if (content != Shard.UNSPECIFIED) {
            sources.copy(content, block, contentBytes);
        }
    }

    private long allocateCopy(long byteSize, long content, long contentBytes) {
        if (byteSize <= SizeClasses.MAX_SLAB_BLOCK_BYTES) {
            return allocateSlow(byteSize, SizeClasses.classOf(byteSize), content, contentBytes);
        }
        return allocateLarge(byteSize, PageSize.BYTES, content, contentBytes);
    }

    /** The heap whose slab or large block the page map names for the address, or null. */
    public static @Nullable Heap ofPage(long address) {
        PageOwner owner = PageMap.get(address);
        if (owner instanceof Slab slab) {
            return slab.shard.heap;
        }
        return owner instanceof LargeBlock block ? block.heap : null;
    }

    /** Size in bytes of the base page of the running system. */
    public static long pageByteSize() {
        return PageSize.BYTES;
    }

    /** Whether the address lies in a live block of this heap: its start or a byte inside. */
    public boolean owns(long address) {
        return AddressRefusal.liveBlockHolding(this, address) != 0;
    }

    /* By a shard and by LargeBlocks. From the first extent on, there is something that can decay. */
    long obtain(ExtentPool pool, long pageCount, long byteAlignment) {
        if (!decaying) {
            startDecay();
        }
        return pool.allocate(pageCount, byteAlignment);
    }

    private synchronized void startDecay() {
        if (!decaying && !closed) {
            Decayer.add(this);
            decaying = true;
        }
    }

    /* By a shard and by LargeBlocks. */
    void release(ExtentPool pool, long address, long pageCount) {
        pool.free(address, pageCount);
        if (options.decay().isZero()) {
            pool.purgeTo(0);
        }
    }

    void releaseLarge(LargeBlock block) {
        release(block.pool, block.address(), block.pageCount());
    }

    /** Takes back all memory that shards keep without a live block in it, so that other threads find it in the pool. */
    void reclaim() {
        shards.forEach(this::giveBack);
        pools.purgeAll();
    }

    private void giveBack(Shard shard) {
        if (shards.isCurrent(shard)) {
            shard.enterAsOwner();
            try {
                shard.giveBack();
            } finally {
                shard.exit();
            }
        } else {
            shard.visit(memory, shard::giveBack);
        }
    }

    /* By the decay thread: from shards that did nothing since the last time, as far as can be seen. */
    void giveBackIdle() {
        shards.forEach(shard -> {
            int activity = shard.activity();
            if (activity != 0 && activity == shard.seenActivity) {
                giveBack(shard);
            }
            shard.seenActivity = activity;
        });
        if (pools.count() > 1) {
            findPlacesAnew();
        }
    }

    /**
     * Has every thread ask for its place with its next call: one that finds free blocks at hand for ever would go on with
     * those of a place that it has left.
     */
    public void findPlacesAnew() {
        shards.forgetSlots();
    }

    /** Gives all free memory back to the system, now. Does nothing when the heap hogs its memory. */
    public void trim() {
        reclaim();
    }

    /** Whether {@link #close} has begun. */
    public boolean isClosed() {
        return closed;
    }

    /**
     * Unmaps everything. Later calls throw {@link IllegalStateException} or refuse the address; calls in progress in other
     * threads finish first, zeroing and moving of content included. The blocks must not be touched any more. Closing again
     * does nothing.
     *
     * <p>Where a thread stays inside for longer than {@link ShardGate#CLOSE_PATIENCE_NANOS}, stopped by a debugger say, the
     * memory stays mapped rather than vanish below it.
     */
    public void close() {
        close(() -> false);
    }

    /**
     * As {@link #close()}, where somebody may touch blocks still.
     *
     * @param isTouched asked when no block can be had any more: if true, the memory is given back, but its addresses stay
     *     mapped for good, with zeros
     */
    public void close(BooleanSupplier isTouched) {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        Decayer.remove(this);
        boolean allLeft = shards.close(memory) & writers.awaitNone(ShardGate.CLOSE_PATIENCE_NANOS);
        pools.forEachOwner(owner -> {
            if (owner instanceof Slab slab) {
                slab.forget();
            }
        });
        if (allLeft) {
            pools.close(isTouched.getAsBoolean());
        } else {
            Log.warning("a heap was closed while a thread stayed inside it: its memory stays mapped");
            pools.abandon();
        }
    }

    /** Bytes resident now. Asks the kernel about every page: takes about a microsecond for each mapped MiB. */
    public long residentBytes() {
        return pools.residentBytes();
    }

    /** The place whose memory the address lies in, or -1 if it is not in memory of this heap. */
    public int placeOf(long address) {
        return pools.placeOf(address);
    }

    /** Address and end of each range that the heap has mapped, ascending. */
    public long[][] mappedRanges() {
        return pools.mappedRanges();
    }

    /** The state of the extents. */
    public ExtentCounts counts() {
        return pools.counts();
    }

    /** Counts everything. Walks the heap; with other threads at work the block counts are approximate. */
    public HeapCensus census() {
        return HeapCensus.of(this);
    }
}
