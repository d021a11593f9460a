package io.memkind.internal.extent;

import io.memkind.internal.os.PageSize;
import org.jspecify.annotations.Nullable;

/** The dirty extents of a pool in the order in which they became dirty. Guarded by the pool's lock. */
final class DirtyList {
    private @Nullable FreeExtent oldest;
    private @Nullable FreeExtent youngest;

    void addYoungest(FreeExtent extent) {
        extent.older = youngest;
        extent.younger = null;
        if (youngest == null) {
            oldest = extent;
        } else {
            youngest.younger = extent;
        }
        youngest = extent;
    }

    void remove(FreeExtent extent) {
        FreeExtent older = extent.older;
        FreeExtent younger = extent.younger;
        if (older == null) {
            oldest = younger;
        } else {
            older.younger = younger;
        }
        if (younger == null) {
            youngest = older;
        } else {
            younger.older = older;
        }
        extent.older = null;
        extent.younger = null;
    }

    /** The oldest extent that holds at least one whole aligned unit of {@code unitByteSize}, or null. */
    @Nullable FreeExtent oldestSpanning(long unitByteSize) {
        FreeExtent extent = oldest;
        while (extent != null) {
            long end = extent.address() + (extent.pageCount() << PageSize.SHIFT);
            if (((extent.address() + unitByteSize - 1) & -unitByteSize) < (end & -unitByteSize)) {
                return extent;
            }
            extent = extent.younger;
        }
        return null;
    }
}
