package io.memkind.internal.extent;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The pools of one heap: one for each place that it has memory from. Thread-safe. */
public final class ExtentPools {
    private final ExtentSources sources;
    private final PoolShare share;
    /* Index = place. Grown under this. */
    private final CopyOnWriteArrayList<ExtentPool> pools = new CopyOnWriteArrayList<>();
    /* Guarded by this. */
    private boolean closed;
    private @Nullable ExtentEvents observer;

    /**
     * @param limitBytes the most that all pools together may have in use or dirty; {@code Long.MAX_VALUE} for no limit
     * @param hogMemory never give memory back before {@link #close}
     */
    public ExtentPools(ExtentSources sources, long limitBytes, boolean hogMemory) {
        this.sources = sources;
        this.share = new PoolShare(limitBytes, hogMemory);
    }

    /**
     * The pool of a place.
     *
     * @throws IllegalStateException if the heap is closed and has no such pool
     */
    public ExtentPool of(int place) {
        return place < pools.size() ? pools.get(place) : make(place);
    }

    /** {@return the number of places so far} */
    public int count() {
        return pools.size();
    }

    /** Tells {@code events} from now on what is asked of the sources; null for nobody. */
    public synchronized void observe(@Nullable ExtentEvents events) {
        observer = events;
        pools.forEach(pool -> pool.observe(events));
    }

    private synchronized ExtentPool make(int place) {
        if (closed) {
            throw new IllegalStateException("the heap is closed");
        }
        while (pools.size() <= place) {
            ExtentPool pool = new ExtentPool(sources.source(pools.size()), share);
            pool.observe(observer);
            pools.add(pool);
        }
        return pools.get(place);
    }

    /** One step of decay time has passed. */
    public void decayStep() {
        pools.forEach(ExtentPool::decayStep);
    }

    /** As {@link ExtentPool#purgeAll} of all pools. */
    public void purgeAll() {
        pools.forEach(ExtentPool::purgeAll);
    }

    /**
     * Gives all memory back, in use or not, and closes the sources; there will be no other pools.
     *
     * @param isTouched somebody may touch the memory: the addresses stay, see {@link ExtentSource#vacate}
     */
    public void close(boolean isTouched) {
        shut();
        pools.forEach(pool -> pool.close(isTouched));
        sources.close();
    }

    /** As {@link ExtentPool#abandon} of all pools; there will be no others. */
    public void abandon() {
        shut();
        pools.forEach(ExtentPool::abandon);
    }

    private synchronized void shut() {
        closed = true;
    }

    /** The sum of what the pools have. */
    public ExtentCounts counts() {
        return pools.stream().map(ExtentPool::counts).reduce(ExtentCounts.NONE, ExtentCounts::plus);
    }

    /** Whether the address lies in memory that one of the pools has mapped. */
    public boolean contains(long address) {
        return placeOf(address) >= 0;
    }

    /** The place in whose memory the address lies, or -1. */
    public int placeOf(long address) {
        for (int place = 0; place < pools.size(); place++) {
            if (pools.get(place).contains(address)) {
                return place;
            }
        }
        return -1;
    }

    /** Address and end of each mapped range, ascending. */
    public long[][] mappedRanges() {
        List<long[]> ranges = new ArrayList<>();
        pools.forEach(pool -> ranges.addAll(Arrays.asList(pool.mappedRanges())));
        ranges.sort(Comparator.comparingLong(range -> range[0]));
        return ranges.toArray(new long[0][]);
    }

    /** Bytes that are resident now. */
    public long residentBytes() {
        return pools.stream().mapToLong(ExtentPool::residentBytes).sum();
    }

    /** As {@link ExtentPool#forEachOwner} of one pool after the other. */
    public void forEachOwner(Consumer<PageOwner> visitor) {
        pools.forEach(pool -> pool.forEachOwner(visitor));
    }
}
