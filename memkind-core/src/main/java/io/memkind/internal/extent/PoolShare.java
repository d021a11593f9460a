package io.memkind.internal.extent;

import io.memkind.internal.os.PageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What the pools of a heap have in common: the lock that guards them all, and the limit on their sum. */
final class PoolShare {
    final ReentrantLock lock = new ReentrantLock();
    final long limitPages;
    final boolean hogMemory;

    /* Guarded by lock. */
    private final List<ExtentPool> pools = new ArrayList<>(1);

    /**
     * @param limitBytes the most that may be in use or dirty at a time; {@code Long.MAX_VALUE} for no limit
     * @param hogMemory never give memory back before the pools are closed
     */
    PoolShare(long limitBytes, boolean hogMemory) {
        this.limitPages = limitBytes >>> PageSize.SHIFT;
        this.hogMemory = hogMemory;
    }

    void add(ExtentPool pool) {
        lock.lock();
        try {
            pools.add(pool);
        } finally {
            lock.unlock();
        }
    }

    /* Under the lock. */
    long freePages() {
        long used = 0;
        for (int i = 0; i < pools.size(); i++) {
            used += pools.get(i).usedPages();
        }
        return limitPages - used;
    }
}
