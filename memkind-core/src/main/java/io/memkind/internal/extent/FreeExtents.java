package io.memkind.internal.extent;

import io.memkind.internal.os.PageSize;
import org.jspecify.annotations.Nullable;

/** The free extents of a pool: found by size and by address, merged with their like, split. Guarded by the pool's lock. */
final class FreeExtents {
    final ExtentBins dirty = new ExtentBins();
    final ExtentBins clean = new ExtentBins();
    private final DirtyList dirtyList = new DirtyList();
    private final ExtentPool pool;
    private final long unitByteSize;

    /** @param unitByteSize the unit in which the pool's source gives memory back */
    FreeExtents(ExtentPool pool, long unitByteSize) {
        this.pool = pool;
        this.unitByteSize = unitByteSize;
    }

    /** The free extent that starts at the address, or null. */
    @Nullable FreeExtent startingAt(long address) {
        return PageMap.get(address) instanceof FreeExtent extent && extent.pool == pool && extent.address() == address
                ? extent
                : null;
    }

    static long endOf(FreeExtent extent) {
        return extent.address() + (extent.pageCount() << PageSize.SHIFT);
    }

    /** The one that has been dirty for longest among those that hold a whole unit, or null. */
    @Nullable FreeExtent oldestDirtySpanning(long byteSize) {
        return dirtyList.oldestSpanning(byteSize);
    }

    /* Takes [start, end) out of a free extent and puts the rest back. */
    void carve(FreeExtent extent, long start, long end) {
        remove(extent);
        long extentEnd = endOf(extent);
        if (extent.state == FreeExtent.State.DIRTY) {
            insertUnlessEmpty(FreeExtent.State.DIRTY, extent.address(), start);
            insertUnlessEmpty(FreeExtent.State.DIRTY, end, extentEnd);
            return;
        }
        long unit = unitByteSize;
        long cleanBefore = start & -unit;
        long cleanAfter = (end + unit - 1) & -unit;
        insertUnlessEmpty(FreeExtent.State.CLEAN, extent.address(), cleanBefore);
        insertUnlessEmpty(FreeExtent.State.DIRTY, cleanBefore, start);
        insertUnlessEmpty(FreeExtent.State.DIRTY, end, cleanAfter);
        insertUnlessEmpty(FreeExtent.State.CLEAN, cleanAfter, extentEnd);
    }

    void insertUnlessEmpty(FreeExtent.State state, long start, long end) {
        if (start < end) {
            insert(state, start, end);
        }
    }

    /* The new object comes first: without room for it on the Java heap, nothing has changed. */
    FreeExtent insert(FreeExtent.State state, long start, long end) {
        FreeExtent before = mergeable(PageMap.get(start - PageSize.BYTES), state);
        FreeExtent after = mergeable(PageMap.get(end), state);
        long from = before == null ? start : before.address();
        long to = after == null ? end : endOf(after);
        FreeExtent extent = new FreeExtent(pool, state, from, (to - from) >>> PageSize.SHIFT);
        if (before != null) {
            remove(before);
        }
        if (after != null) {
            remove(after);
        }
        binsOf(state).insert(extent);
        if (state == FreeExtent.State.DIRTY) {
            dirtyList.addYoungest(extent);
        }
        PageMap.set(from, extent);
        PageMap.set(to - PageSize.BYTES, extent);
        return extent;
    }

    private @Nullable FreeExtent mergeable(@Nullable PageOwner neighbour, FreeExtent.State state) {
        return neighbour instanceof FreeExtent extent && extent.pool == pool && extent.state == state ? extent : null;
    }

    void remove(FreeExtent extent) {
        binsOf(extent.state).remove(extent);
        if (extent.state == FreeExtent.State.DIRTY) {
            dirtyList.remove(extent);
        }
        PageMap.set(extent.address(), null);
        PageMap.set(endOf(extent) - PageSize.BYTES, null);
    }

    private ExtentBins binsOf(FreeExtent.State state) {
        return state == FreeExtent.State.DIRTY ? dirty : clean;
    }

    /** Forgets all of them; the page map is left as it is. */
    void clear() {
        dirty.clear();
        clean.clear();
    }
}
