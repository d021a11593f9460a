package io.memkind.tbb;

import io.memkind.spi.BlockHeap;
import io.memkind.spi.ExtentSupply;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A heap that is one pool of TBB at a time. A pool gives no memory back before its end: giving memory back ends it, and the
 * next block begins another.
 */
final class TbbHeap implements BlockHeap {
    private final ExtentSupply supply;
    /* Written under this. */
    private volatile @Nullable TbbPool pool;
    /* Pools that are not in use any more, but could not be ended yet. Guarded by this. */
    private final List<TbbPool> retired = new ArrayList<>();

    TbbHeap(ExtentSupply supply) {
        this.supply = supply;
    }

    @Override
    public long allocate(long byteSize, long byteAlignment) {
        TbbPool current = pool;
        if (current == null) {
            current = openPool();
        }
        return current == null ? 0 : current.allocate(byteSize, byteAlignment);
    }

    private synchronized @Nullable TbbPool openPool() {
        if (pool == null) {
            pool = TbbPool.open(supply);
        }
        return pool;
    }

    /* Of a live block. */
    private TbbPool poolInUse() {
        TbbPool current = pool;
        if (current == null) {
            throw new IllegalStateException("no pool is in use");
        }
        return current;
    }

    @Override
    public long reallocate(long address, long byteSize) {
        return poolInUse().reallocate(address, byteSize);
    }

    @Override
    public void free(long address) {
        poolInUse().free(address);
    }

    @Override
    public long usableByteSize(long address) {
        return poolInUse().usableByteSize(address);
    }

    @Override
    public synchronized boolean giveBack() {
        TbbPool current = pool;
        if (current != null) {
            retired.add(current);
            pool = null;
        }
        int before = retired.size();
        retired.removeIf(TbbPool::tryEnd);
        return retired.size() < before;
    }

    @Override
    public synchronized boolean close() {
        giveBack();
        return retired.isEmpty();
    }
}
