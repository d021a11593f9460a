package io.memkind.internal.heap;

import io.memkind.internal.extent.ExtentPool;
import io.memkind.internal.extent.PageOwner;
import io.memkind.internal.os.PageSize;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/** A block that is an extent of its own. Entered in the page map at its first page. */
final class LargeBlock extends PageOwner {
    private static final VarHandle LIVE;

    static {
        try {
            LIVE = MethodHandles.lookup().findVarHandle(LargeBlock.class, "live", boolean.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    final Heap heap;
    final ExtentPool pool;
    final int place;

    /* Written by compare-and-set: of two frees at the same time one wins. */
    private boolean live = true;

    /** Link of the shard's cache. */
    @Nullable LargeBlock nextCached;

    LargeBlock(Heap heap, int place, long address, long pageCount) {
        super(address, pageCount);
        this.heap = heap;
        this.place = place;
        this.pool = heap.pools().of(place);
    }

    boolean isLiveVolatile() {
        return (boolean) LIVE.getVolatile(this);
    }

    /** Ends the block's life; false if it had ended already. */
    boolean casDead() {
        return LIVE.compareAndSet(this, true, false);
    }

    /** Begins another life, by whoever took it from a cache. */
    void setLiveRelease() {
        LIVE.setRelease(this, true);
    }

    long byteSize() {
        return pageCount() << PageSize.SHIFT;
    }

    void resize(long pageCount) {
        setPageCount(pageCount);
    }
}
