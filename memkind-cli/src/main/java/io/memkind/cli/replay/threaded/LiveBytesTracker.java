package io.memkind.cli.replay.threaded;

import io.memkind.cli.trace.EventStore;
import io.memkind.cli.trace.EventWords;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAccumulator;

/** The live bytes that the interleaving of one pass really reaches. */
final class LiveBytesTracker {
    /** By object. The hand-overs of objects order the accesses of threads. */
    private final long[] byteSizes;

    private final AtomicLong liveBytes = new AtomicLong();
    private final LongAccumulator peakLiveBytes = new LongAccumulator(Math::max, 0);

    LiveBytesTracker(int objectCount) {
        byteSizes = new long[objectCount];
    }

    /** Accounts for a stretch of a thread's events, before or after they run. */
    void account(EventStore events, int from, int to) {
        for (int position = from; position < to; position++) {
            int object = EventWords.id(events.tail(position));
            long byteSize = EventWords.byteSize(events.head(position));
            long live = liveBytes.addAndGet(byteSize - byteSizes[object]);
            byteSizes[object] = byteSize;
            peakLiveBytes.accumulate(live);
        }
    }

    long peakLiveBytes() {
        return peakLiveBytes.get();
    }
}
