package io.memkind.internal.extent;

import org.jspecify.annotations.Nullable;

/** What owns a run of pages: a slab, a large block or a free extent. The page map leads from an address to it. */
public abstract class PageOwner {
    private final long address;
    private long pageCount;

    /* Links of the one AddressHeap that this owner may be in; guarded by whatever guards that heap. */
    @Nullable PageOwner heapChild;

    @Nullable PageOwner heapNext;

    @Nullable PageOwner heapPrevious;

    protected PageOwner(long address, long pageCount) {
        this.address = address;
        this.pageCount = pageCount;
    }

    /** First byte of the run. */
    public final long address() {
        return address;
    }

    /** Length of the run in OS pages. */
    public final long pageCount() {
        return pageCount;
    }

    /** Only for a large block that grew or shrank in place; by whoever owns it. */
    protected final void setPageCount(long pageCount) {
        this.pageCount = pageCount;
    }
}
