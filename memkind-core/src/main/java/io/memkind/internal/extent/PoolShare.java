package io.memkind.internal.extent;

import io.memkind.internal.os.PageSize;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;

/** What the pools of a heap have in common: the limit on the sum of what they have in use or dirty. Thread-safe. */
final class PoolShare {
    final long limitPages;
    final boolean hogMemory;

    private final boolean isLimited;
    private final List<ExtentPool> pools = new CopyOnWriteArrayList<>();
    /* Stays 0 without a limit, so that pools do not get in each other's way. */
    private final AtomicLong chargedPages = new AtomicLong();

    /**
     * @param limitBytes the most that may be in use or dirty at a time; {@code Long.MAX_VALUE} for no limit
     * @param hogMemory never give memory back before the pools are closed
     */
    PoolShare(long limitBytes, boolean hogMemory) {
        this.limitPages = limitBytes >>> PageSize.SHIFT;
        this.hogMemory = hogMemory;
        this.isLimited = limitBytes != Long.MAX_VALUE;
    }

    void add(ExtentPool pool) {
        pools.add(pool);
    }

    /** What the limit leaves at the moment. */
    long freePages() {
        return limitPages - chargedPages.get();
    }

    /** Takes so many pages of what the limit leaves; false if it leaves less. */
    boolean tryCharge(long pageCount) {
        if (!isLimited) {
            return true;
        }
        long charged = chargedPages.get();
        while (charged + pageCount <= limitPages) {
            long witness = chargedPages.compareAndExchange(charged, charged + pageCount);
            if (witness == charged) {
                return true;
            }
            charged = witness;
        }
        return false;
    }

    void discharge(long pageCount) {
        if (isLimited) {
            chargedPages.addAndGet(-pageCount);
        }
    }

    /**
     * Purges until the limit leaves so many pages, as far as there is anything to purge, and waits for those purges that
     * others have begun. The caller holds no pool's lock.
     *
     * @param first whose memory is purged first
     */
    void makeRoom(ExtentPool first, long pageCount) {
        first.makeRoom(pageCount);
        for (ExtentPool pool : pools) {
            if (pool != first && freePages() < pageCount) {
                pool.makeRoom(pageCount);
            }
        }
    }

    /** Whether a pool has dirty memory, or is purging some: a request that the limit refuses may be served after that. */
    boolean isReclaimable() {
        return !hogMemory && pools.stream().anyMatch(ExtentPool::isReclaimable);
    }
}
