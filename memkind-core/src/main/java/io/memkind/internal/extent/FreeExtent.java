package io.memkind.internal.extent;

import org.jspecify.annotations.Nullable;

/** A run of pages of one pool that nobody uses. Entered in the page map at its first and last page. */
final class FreeExtent extends PageOwner {
    /** Whether the pages are known to be zero and not resident, or may hold old content. */
    enum State {
        CLEAN,
        DIRTY
    }

    final ExtentPool pool;
    final State state;

    /* Links of the pool's list of dirty extents, oldest first; guarded by the pool's lock. */
    @Nullable FreeExtent older;

    @Nullable FreeExtent younger;

    FreeExtent(ExtentPool pool, State state, long address, long pageCount) {
        super(address, pageCount);
        this.pool = pool;
        this.state = state;
    }
}
