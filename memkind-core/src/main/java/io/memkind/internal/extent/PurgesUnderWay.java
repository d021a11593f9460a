package io.memkind.internal.extent;

import java.util.concurrent.locks.Condition;

/** The purges of a pool that have begun and not ended. Guarded by the lock that the condition is of. */
final class PurgesUnderWay {
    private final Condition ended;
    private long pageCount;
    private long beginnings;
    private long endings;

    PurgesUnderWay(Condition ended) {
        this.ended = ended;
    }

    void begin(long pages) {
        pageCount += pages;
        beginnings++;
    }

    void end(long pages) {
        pageCount -= pages;
        endings++;
        ended.signalAll();
    }

    long count() {
        return beginnings - endings;
    }

    /** Pages in their hands: neither dirty nor clean, but still taken from the source. */
    long pageCount() {
        return pageCount;
    }

    /** Waits until as many have ended as have begun by now; releases the lock meanwhile. */
    void awaitAll() {
        long begun = beginnings;
        while (endings < begun) {
            ended.awaitUninterruptibly();
        }
    }
}
