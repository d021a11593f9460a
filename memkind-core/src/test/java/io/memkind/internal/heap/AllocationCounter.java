package io.memkind.internal.heap;

import java.util.concurrent.atomic.LongAdder;

/** Counts what a heap tells. */
final class AllocationCounter implements HeapEvents {
    final LongAdder allocations = new LongAdder();
    final LongAdder requestedBytes = new LongAdder();
    final LongAdder mappedBytes = new LongAdder();
    private final boolean counts;

    AllocationCounter(boolean counts) {
        this.counts = counts;
    }

    @Override
    public boolean countsAllocations() {
        return counts;
    }

    @Override
    public void allocated(long byteSize) {
        allocations.increment();
        requestedBytes.add(byteSize);
    }

    @Override
    public void exhausted(long byteSize, String reason, long activeBytes, long limitBytes) {}

    @Override
    public void mapped(long address, long byteSize, long callNanos) {
        mappedBytes.add(byteSize);
    }

    @Override
    public void unmapped(long address, long byteSize, long callNanos) {
        mappedBytes.add(-byteSize);
    }

    @Override
    public void purged(long address, long byteSize, long callNanos) {}
}
