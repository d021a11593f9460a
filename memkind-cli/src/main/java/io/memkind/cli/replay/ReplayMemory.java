package io.memkind.cli.replay;

import io.memkind.MemoryKind;
import io.memkind.cli.replay.step.ReplayException;
import io.memkind.cli.replay.threaded.ThreadedProgram;
import io.memkind.cli.trace.Trace;
import io.memkind.cli.trace.TraceReader;
import java.util.OptionalLong;

/** Refuses traces that this machine has not the memory for, so that none of them ends the process. */
public final class ReplayMemory {
    /** Java heap for an event at most: its words, and the tables by slot or object. */
    private static final long SEQUENTIAL_EVENT_BYTES = 40;

    private static final long THREADED_EVENT_BYTES = 112;
    /** No heap packs blocks without any loss, and the process needs memory besides. */
    private static final long RESERVE_DIVISOR = 8;

    private final AvailableMemory available;

    /**
     * Refuses by what is available.
     *
     * @param available the memory of the machine
     */
    public ReplayMemory(AvailableMemory available) {
        this.available = available;
    }

    /**
     * The longest trace that can be held in half of the Java heap.
     *
     * @param threaded whether it is to be replayed with threads
     * @return a number of events
     */
    public long maxEventCount(boolean threaded) {
        long heapBytes =
                Math.min(Runtime.getRuntime().maxMemory(), available.byteSize().orElse(Long.MAX_VALUE));
        long eventCount = heapBytes / 2 / (threaded ? THREADED_EVENT_BYTES : SEQUENTIAL_EVENT_BYTES);
        return Math.min(eventCount, threaded ? ThreadedProgram.MAX_EVENT_COUNT : TraceReader.MAX_EVENT_COUNT);
    }

    /**
     * Refuses a trace whose objects do not fit.
     *
     * @param trace the trace
     * @param kind where its objects shall be
     * @throws ReplayException if they do not fit
     */
    public void requireFits(Trace trace, MemoryKind kind) {
        // Reserved huge pages do not count as available memory; the memory of all other kinds does.
        boolean isReserved = kind.name().contains("tlb") && kind.capacityBytes().isPresent();
        requireFits(trace, kind, !isReserved);
    }

    /**
     * Refuses a trace whose objects do not fit.
     *
     * @param trace the trace
     * @param kind where its objects shall be
     * @param takesAvailable whether the kind takes its memory from what the machine has available
     * @throws ReplayException if they do not fit
     */
    public void requireFits(Trace trace, MemoryKind kind, boolean takesAvailable) {
        long neededBytes = trace.peakFootprintBytes() + trace.peakFootprintBytes() / RESERVE_DIVISOR;
        requireAtLeast(neededBytes, kind.limitBytes(), trace, "the limit of " + kind.name() + " is");
        requireAtLeast(neededBytes, kind.capacityBytes(), trace, "the capacity of " + kind.name() + " is");
        if (takesAvailable) {
            requireAtLeast(neededBytes, available.byteSize(), trace, "available are");
        }
    }

    /**
     * Refuses a region of memory that the machine does not have.
     *
     * @param byteSize its size
     * @throws ReplayException if it is too large
     */
    public void requireAvailable(long byteSize) {
        if (byteSize > available.byteSize().orElse(Long.MAX_VALUE)) {
            throw new ReplayException("available are " + available.byteSize().getAsLong() + " bytes, not " + byteSize);
        }
    }

    private static void requireAtLeast(long neededBytes, OptionalLong limitBytes, Trace trace, String what) {
        if (neededBytes > limitBytes.orElse(Long.MAX_VALUE)) {
            throw new ReplayException("its live objects need about " + neededBytes + " bytes at their peak ("
                    + trace.peakLiveBytes() + " asked for), but " + what + " " + limitBytes.getAsLong() + " bytes");
        }
    }
}
