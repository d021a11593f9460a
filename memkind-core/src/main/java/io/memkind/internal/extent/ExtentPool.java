package io.memkind.internal.extent;

import io.memkind.internal.os.PageSize;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The extents that a heap has from one source: hands out runs of pages, takes them back, splits, merges, and returns memory to the source.
 *
 * <p>Thread-safe. Invariant, in pages: {@code mapped = active + dirty + clean + purging}, the last being what {@link
 * #purgeTo} has in hand; and {@code active + dirty + purging <= limit}, summed over the pools of the heap ({@link PoolShare}).
 */
public final class ExtentPool {
    /*
     * A free extent is clean (no memory behind it, as far as its source takes it away) or dirty (old content). Only equals
     * merge. Dirty ones are used first, since they cost no new memory, and the oldest are purged first.
     *
     * What is in use or dirty stays within an envelope: the most that was ever in use, a sixteenth more, and 1 MiB. When
     * dirty extents are too fragmented to serve a request, as much of them is purged as the request takes from clean ones.
     *
     * Where the source works in units larger than a page, clean extents are whole units: a unit of which a part is in use
     * counts as touched, because the kernel backs it as a whole. So freeing that part makes the whole unit one dirty
     * extent again, which can be given back.
     */
    private static final long FIRST_REGION_BYTES = 2L << 20;
    private static final long LAST_REGION_BYTES = 64L << 20;
    private static final int ENVELOPE_SHIFT = 4;
    private static final long ENVELOPE_PAGES = PageSize.pagesFor(1 << 20);

    /* Others may take what a purge gives back before the one that waited for it does: so often it waits again. */
    private static final int MOST_WAITS = 100;

    /* Instead of an address: refused by the limit. */
    private static final long LIMITED = 0;

    private static final long ZEROED_TAG = 1;
    private static final long CLEAN_TAG = 2;

    private final PoolShare share;
    private final ReentrantLock lock = new ReentrantLock();
    private final PurgesUnderWay purges;
    private final ExtentSource source;
    private final ObservedCalls calls;
    private final FreeExtents free;
    private final AddressRanges mapped = new AddressRanges();
    private final DecayCurve decay = new DecayCurve();
    private long activePages;
    /* What this pool has of the limit: from a successful tryCharge until settle, more than it uses. */
    private long chargedPages;
    private long peakActivePages;
    private long nextRegionBytes = FIRST_REGION_BYTES;
    private boolean closed;

    /** A pool that shares a limit with others. */
    ExtentPool(ExtentSource source, PoolShare share) {
        this.source = source;
        this.share = share;
        this.purges = new PurgesUnderWay(lock.newCondition());
        this.calls = new ObservedCalls(source);
        this.free = new FreeExtents(this, source.granularityByteSize());
        share.add(this);
    }

    /** Tells {@code events} from now on what is asked of the source; null for nobody. */
    public void observe(@Nullable ExtentEvents events) {
        calls.observe(events);
    }

    /** Whether a run that {@link #allocate} returned is known to be zero. */
    public static boolean isZeroed(long tagged) {
        return (tagged & ZEROED_TAG) != 0;
    }

    private static boolean wasClean(long tagged) {
        return (tagged & CLEAN_TAG) != 0;
    }

    /** The address in what {@link #allocate} returned. */
    public static long addressOf(long tagged) {
        return tagged & -PageSize.BYTES;
    }

    /**
     * Takes a run of pages. The page map has no entry for any of them afterwards.
     *
     * @param byteAlignment a power of two
     * @return the address, tagged in its lowest bits: see {@link #addressOf} and {@link #isZeroed}
     * @throws ExtentUnavailableException if there is none
     */
    public long allocate(long pageCount, long byteAlignment) {
        long result = tryAllocateOrPurge(pageCount, byteAlignment);
        if (result != LIMITED && wasClean(result)) {
            purgeTo(dirtyPagesInEnvelope());
        }
        if (result == LIMITED) {
            result = allocateAfterPurges(pageCount, byteAlignment);
        }
        if (result == LIMITED) {
            throw ExtentUnavailableException.because(
                    "the limit of " + (share.limitPages << PageSize.SHIFT) + " bytes is reached",
                    pageCount << PageSize.SHIFT);
        }
        return result;
    }

    private long allocateAfterPurges(long pageCount, long byteAlignment) {
        long result;
        int waits = 0;
        do {
            share.makeRoom(this, pageCount);
            result = tryAllocateOrPurge(pageCount, byteAlignment);
        } while (result == LIMITED && ++waits < MOST_WAITS && share.isReclaimable());
        return result;
    }

    /* What is dirty may be what the source, or its memory in one piece, lacks. */
    private long tryAllocateOrPurge(long pageCount, long byteAlignment) {
        try {
            return tryAllocate(pageCount, byteAlignment);
        } catch (ExtentUnavailableException e) {
            if (share.hogMemory || dirtyOrPurgingExtents() == 0) {
                throw e;
            }
            purgeAll();
            return tryAllocate(pageCount, byteAlignment);
        }
    }

    private long tryAllocate(long pageCount, long byteAlignment) {
        long slackPages = Math.max(0, (byteAlignment >>> PageSize.SHIFT) - 1);
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("the heap is closed");
            }
            FreeExtent extent = free.dirty.find(pageCount + slackPages);
            if (extent == null) {
                if (share.freePages() < pageCount) {
                    return LIMITED;
                }
                extent = free.clean.find(pageCount + slackPages);
            }
            if (extent == null) {
                extent = free.clean.findAligned(pageCount, byteAlignment);
            }
            if (extent == null) {
                extent = mapRegion(pageCount, byteAlignment);
                requireRoom(extent, pageCount, byteAlignment);
            }
            boolean wasClean = extent.state == FreeExtent.State.CLEAN;
            long start = (extent.address() + byteAlignment - 1) & -byteAlignment;
            long end = start + (pageCount << PageSize.SHIFT);
            if (wasClean) {
                if (!tryCharge(touchedPages(start, end))) {
                    return LIMITED;
                }
                commit(start, end);
            }
            free.carve(extent, start, end);
            activePages += pageCount;
            peakActivePages = Math.max(peakActivePages, activePages);
            return start | (wasClean ? CLEAN_TAG : 0) | (wasClean && source.isZeroed() ? ZEROED_TAG : 0);
        } finally {
            settle();
            lock.unlock();
        }
    }

    /* Where the source has one range of addresses only, that range may have no multiple of the alignment. */
    private static void requireRoom(FreeExtent extent, long pageCount, long byteAlignment) {
        long start = (extent.address() + byteAlignment - 1) & -byteAlignment;
        if (pageCount << PageSize.SHIFT > FreeExtents.endOf(extent) - start) {
            throw ExtentUnavailableException.because(
                    "no free piece of that size and alignment", pageCount << PageSize.SHIFT);
        }
    }

    /**
     * Gives back a run that {@link #allocate} handed out, or the tail of one. Its first page may have an entry in the page
     * map, which is cleared; its others must have none.
     */
    public void free(long address, long pageCount) {
        lock.lock();
        try {
            if (closed) {
                return;
            }
            activePages -= pageCount;
            PageMap.set(address, null);
            free.insert(FreeExtent.State.DIRTY, address, address + (pageCount << PageSize.SHIFT));
        } finally {
            lock.unlock();
        }
    }

    /** Extends the run [address, address + pageCount) to {@code newPageCount} if the pages behind it are free. */
    public boolean tryGrow(long address, long pageCount, long newPageCount) {
        long from = address + (pageCount << PageSize.SHIFT);
        long to = address + (newPageCount << PageSize.SHIFT);
        lock.lock();
        try {
            long cursor = from;
            long cleanPages = 0;
            while (cursor < to) {
                FreeExtent extent = free.startingAt(cursor);
                if (extent == null) {
                    return false;
                }
                long end = Math.min(to, FreeExtents.endOf(extent));
                cleanPages += extent.state == FreeExtent.State.CLEAN ? touchedPages(cursor, end) : 0;
                cursor = end;
            }
            if (!tryCharge(cleanPages) || !tryCommitFree(from, to)) {
                return false;
            }
            cursor = from;
            while (cursor < to) {
                FreeExtent extent = free.startingAt(cursor);
                if (extent == null) {
                    throw new IllegalStateException("free extent vanished under the lock");
                }
                long end = Math.min(to, FreeExtents.endOf(extent));
                free.carve(extent, cursor, end);
                cursor = end;
            }
            activePages += newPageCount - pageCount;
            return true;
        } finally {
            settle();
            lock.unlock();
        }
    }

    private void commit(long start, long end) {
        long unit = source.granularityByteSize();
        long from = start & -unit;
        source.commit(from, ((end + unit - 1) & -unit) - from);
    }

    /* All clean extents in [from, to), which free extents cover; or none. */
    private boolean tryCommitFree(long from, long to) {
        long cursor = from;
        try {
            while (free.startingAt(cursor) instanceof FreeExtent extent && cursor < to) {
                long end = Math.min(to, FreeExtents.endOf(extent));
                if (extent.state == FreeExtent.State.CLEAN) {
                    commit(cursor, end);
                }
                cursor = end;
            }
            return true;
        } catch (ExtentUnavailableException e) {
            long undo = from;
            while (free.startingAt(undo) instanceof FreeExtent extent && undo < cursor) {
                if (extent.state == FreeExtent.State.CLEAN) {
                    calls.purge(undo, FreeExtents.endOf(extent) - undo);
                }
                undo = FreeExtents.endOf(extent);
            }
            return false;
        }
    }

    /* Whether so many clean pages may become used or dirty. Under the lock, as settle. */
    private boolean tryCharge(long pageCount) {
        if (!share.tryCharge(pageCount)) {
            return false;
        }
        chargedPages += pageCount;
        return true;
    }

    private void settle() {
        long used = activePages + free.dirty.pageCount() + purges.pageCount();
        share.discharge(chargedPages - used);
        chargedPages = used;
    }

    /* Pages in the units of the source that [start, end) touches. */
    private long touchedPages(long start, long end) {
        long unit = source.granularityByteSize();
        return (((end + unit - 1) & -unit) - (start & -unit)) >>> PageSize.SHIFT;
    }

    private FreeExtent mapRegion(long pageCount, long byteAlignment) {
        long unit = source.granularityByteSize();
        long needed = ((pageCount << PageSize.SHIFT) + unit - 1) & -unit;
        long byteSize = source.regionByteSize(needed, nextRegionBytes);
        long address = 0;
        if (byteSize > needed) {
            try {
                address = calls.map(byteSize, byteAlignment);
            } catch (ExtentUnavailableException e) {
                byteSize = needed;
            }
        }
        if (address == 0) {
            address = calls.map(byteSize, byteAlignment);
        }
        try {
            FixedAreas.evictDead(address, byteSize, source);
            PageMap.reserve(address, byteSize);
            mapped.add(address, byteSize);
            nextRegionBytes = Math.min(LAST_REGION_BYTES, nextRegionBytes * 2);
            return free.insert(FreeExtent.State.CLEAN, address, address + byteSize);
        } catch (OutOfMemoryError e) {
            if (mapped.contains(address)) {
                mapped.remove(address, byteSize);
            }
            calls.unmap(address, byteSize);
            throw e;
        }
    }

    /** One step of decay time has passed: purges what has been dirty for too long. */
    public void decayStep() {
        long keep;
        lock.lock();
        try {
            keep = decay.step(free.dirty.pageCount());
        } finally {
            lock.unlock();
        }
        purgeTo(keep);
    }

    /** Gives dirty memory back, the oldest first, until at most {@code keepPages} are dirty. Does nothing when hogging. */
    public void purgeTo(long keepPages) {
        if (share.hogMemory) {
            return;
        }
        /* What is freed meanwhile is for the next call, so that this one ends. */
        long attempts = dirtyOrPurgingExtents() + 1;
        while (attempts-- > 0 && purgeOldest(keepPages)) {}
    }

    /** As {@link #purgeTo} zero, and waits for as many purges as other threads have begun, such as the decay thread. */
    public void purgeAll() {
        purgeTo(0);
        awaitPurges();
    }

    private void awaitPurges() {
        lock.lock();
        try {
            purges.awaitAll();
        } finally {
            lock.unlock();
        }
    }

    /* The system call is made without the lock; the extent belongs to nobody then. */
    private boolean purgeOldest(long keepPages) {
        long unit = source.granularityByteSize();
        FreeExtent extent;
        lock.lock();
        try {
            extent = free.dirty.pageCount() > keepPages ? free.oldestDirtySpanning(unit) : null;
            if (extent == null || closed) {
                return false;
            }
            free.remove(extent);
            purges.begin(extent.pageCount());
        } finally {
            lock.unlock();
        }
        long start = (extent.address() + unit - 1) & -unit;
        long end = FreeExtents.endOf(extent) & -unit;
        ExtentSource.Purged purged = ExtentSource.Purged.FAILED;
        try {
            purged = calls.purge(start, end - start);
        } finally {
            putBack(extent, start, end, purged);
        }
        return purged != ExtentSource.Purged.FAILED;
    }

    private void putBack(FreeExtent extent, long start, long end, ExtentSource.Purged purged) {
        lock.lock();
        try {
            purges.end(extent.pageCount());
            if (purged == ExtentSource.Purged.FAILED) {
                free.insert(FreeExtent.State.DIRTY, extent.address(), FreeExtents.endOf(extent));
                return;
            }
            free.insertUnlessEmpty(FreeExtent.State.DIRTY, extent.address(), start);
            free.insertUnlessEmpty(FreeExtent.State.DIRTY, end, FreeExtents.endOf(extent));
            if (purged == ExtentSource.Purged.UNMAPPED) {
                mapped.remove(start, end - start);
            } else {
                free.insert(FreeExtent.State.CLEAN, start, end);
            }
        } finally {
            settle();
            lock.unlock();
        }
    }

    /** As {@link #close(boolean)}; the caller vouches that nobody touches the memory any more. */
    public void close() {
        close(false);
    }

    /**
     * Gives all memory back, in use or not.
     *
     * @param isTouched somebody may touch the memory: the addresses stay, see {@link ExtentSource#vacate}
     */
    public void close(boolean isTouched) {
        lock.lock();
        try {
            closed = true;
            /* A purge after the unmapping could hit what somebody else has mapped there since. */
            purges.awaitAll();
            for (long[] range : mapped.toArray()) {
                PageMap.setAll(range[0], (range[1] - range[0]) >>> PageSize.SHIFT, null);
                long byteSize = range[1] - range[0];
                if (calls.unmap(range[0], byteSize, isTouched)) {
                    mapped.remove(range[0], byteSize);
                }
            }
            activePages = 0;
            free.clear();
            settle();
        } finally {
            lock.unlock();
        }
    }

    /** Instead of {@link #close} if somebody may be writing to the memory: leaves it mapped, and refuses all requests. */
    public void abandon() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /** What this pool has, at one instant. */
    public ExtentCounts counts() {
        lock.lock();
        try {
            return new ExtentCounts(
                    mapped.byteSize(),
                    activePages << PageSize.SHIFT,
                    free.dirty.pageCount() << PageSize.SHIFT,
                    free.dirty.extentCount(),
                    free.clean.pageCount() << PageSize.SHIFT,
                    free.clean.extentCount());
        } finally {
            lock.unlock();
        }
    }

    /* By the pool that lacks so many pages of the limit. */
    void makeRoom(long pageCount) {
        purgeTo(dirtyPagesBeside(pageCount));
        awaitPurges();
    }

    boolean isReclaimable() {
        return dirtyOrPurgingExtents() > 0;
    }

    private long dirtyPagesInEnvelope() {
        return locked(() -> peakActivePages + (peakActivePages >>> ENVELOPE_SHIFT) + ENVELOPE_PAGES - activePages);
    }

    /* How many pages may stay dirty if so many more are to be within the limit. */
    private long dirtyPagesBeside(long pageCount) {
        return locked(() -> Math.max(0, free.dirty.pageCount() + purges.pageCount() + share.freePages() - pageCount));
    }

    private long dirtyOrPurgingExtents() {
        return locked(() -> free.dirty.extentCount() + purges.count());
    }

    private long locked(LongSupplier value) {
        lock.lock();
        try {
            return value.getAsLong();
        } finally {
            lock.unlock();
        }
    }

    /** Whether the address lies in memory that this pool has mapped. */
    public boolean contains(long address) {
        lock.lock();
        try {
            return mapped.contains(address);
        } finally {
            lock.unlock();
        }
    }

    /** Address and end of each mapped range, ascending. */
    public long[][] mappedRanges() {
        lock.lock();
        try {
            return mapped.toArray();
        } finally {
            lock.unlock();
        }
    }

    /** Bytes of this pool that are resident now: asks the source for every mapped range. */
    public long residentBytes() {
        long resident = 0;
        for (long[] range : mappedRanges()) {
            resident += source.residentBytes(range[0], range[1] - range[0]);
        }
        return resident;
    }

    /**
     * Shows every slab and large block to {@code visitor}, in address order. Takes no lock: with other threads at work, an
     * owner that comes or goes meanwhile may be missed.
     */
    public void forEachOwner(Consumer<PageOwner> visitor) {
        for (long[] range : mappedRanges()) {
            long address = range[0];
            while (address < range[1]) {
                PageOwner owner = PageMap.get(address);
                if (owner == null) {
                    address += PageSize.BYTES;
                } else {
                    if (!(owner instanceof FreeExtent) && owner.address() == address) {
                        visitor.accept(owner);
                    }
                    address =
                            Math.max(address + PageSize.BYTES, owner.address() + (owner.pageCount() << PageSize.SHIFT));
                }
            }
        }
    }
}
