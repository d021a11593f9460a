package io.memkind.tier;

import java.util.concurrent.atomic.AtomicLong;

/**
 * Remembers that a tier had no memory, so that requests which would go to the next tier anyway need not ask it first: a
 * refusal takes a millisecond, since the heap looks for memory everywhere and explains what it found.
 */
final class TierFullness {
    /** One in so many requests asks all the same: others may have freed memory of the kind. */
    private static final int RETRY_INTERVAL = 256;

    private static final long NOT_FULL = Long.MAX_VALUE;

    private volatile long refusedBytes = NOT_FULL;
    private final AtomicLong missingBytes = new AtomicLong();
    private final AtomicLong skipped = new AtomicLong();

    void refused(long byteSize) {
        missingBytes.set(byteSize);
        refusedBytes = byteSize;
    }

    /** Memory came back: when it is as much as was missing, the tier is worth asking again. */
    void freed(long byteSize) {
        if (refusedBytes != NOT_FULL && missingBytes.addAndGet(-byteSize) <= 0) {
            refusedBytes = NOT_FULL;
        }
    }

    /** Whether the tier would refuse a request, as far as can be told. */
    boolean wouldRefuse(long byteSize) {
        return byteSize >= refusedBytes && skipped.incrementAndGet() % RETRY_INTERVAL != 0;
    }
}
