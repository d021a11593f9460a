package io.memkind.cli.trace;

import java.nio.charset.StandardCharsets;

/** What the head of a trace claims. Nothing is allocated by these numbers. */
record TraceHeader(int threadCount, int slotCount, int eventCount) {
    /** A replay makes a thread of the system for each. */
    static final int MAX_THREAD_COUNT = 4096;

    private static final byte[] MAGIC = "MKTRACE1".getBytes(StandardCharsets.US_ASCII);

    static TraceHeader read(TraceInput input, int maxEventCount) throws TraceException {
        for (byte expected : MAGIC) {
            if (input.next() != expected) {
                throw new TraceException("not a trace: it does not begin with MKTRACE1");
            }
        }
        long threadCount = input.fixed(4);
        long slotCount = input.fixed(4);
        long eventCount = input.fixed(8);
        if (Long.compareUnsigned(eventCount, maxEventCount) > 0) {
            throw new TraceException(
                    "it has " + Long.toUnsignedString(eventCount) + " events by its header, but there is"
                            + " memory for " + maxEventCount + " only (a larger Java heap, -Xmx, makes room for more)");
        }
        requireAtMostEvents("threads", threadCount, eventCount);
        requireAtMostEvents("slots", slotCount, eventCount);
        if (threadCount > MAX_THREAD_COUNT) {
            throw new TraceException("it has " + threadCount + " threads, more than " + MAX_THREAD_COUNT);
        }
        return new TraceHeader((int) threadCount, (int) slotCount, (int) eventCount);
    }

    private static void requireAtMostEvents(String what, long count, long eventCount) throws TraceException {
        if (count > eventCount) {
            throw new TraceException("the header lies: " + count + " " + what + ", but " + eventCount + " events");
        }
    }
}
