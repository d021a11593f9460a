package io.memkind.measure;

import io.memkind.topology.Topology;
import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * Measures how fast the memory of the running machine is, from each node with processors to each node with memory: the
 * bandwidth of reading by all processors of the node together, and the latency of a load on an idle node.
 *
 * <p>Memory is bound to the node, present, and checked to be there; it exceeds the last-level caches. Threads are pinned, one
 * to each processor that this process may use; they are its own, so that the affinity of the caller stays as it is. A pair
 * of nodes that cannot be measured, or that this process may not use, has the reason in place of the values. Other programs
 * that run at the same time make the memory look slower than it is. Values that an emulator's memory has mean nothing.
 *
 * <p>At most a quarter of a node's free memory is used, 1 GiB at most unless another size is asked for; all is given back
 * before the measurement ends, be it done, failed or interrupted. Immutable; but one measurement at a time, or they disturb
 * each other.
 */
public final class AttributeMeasurement {
    private static final Duration LEAST_BUDGET = Duration.ofMillis(100);
    private static final Duration MOST_BUDGET = Duration.ofHours(1);
    private static final Duration USUAL_BUDGET = Duration.ofSeconds(10);
    private static final long LEAST_BUFFER = 2 << 20;
    private static final long MOST_BUFFER = 64L << 30;

    private final Topology topology;
    private final MeasuringSystem system;
    private final Duration budget;
    private final OptionalLong bufferByteSize;
    private final MeasurementProgress progress;

    private AttributeMeasurement(
            Topology topology,
            MeasuringSystem system,
            Duration budget,
            OptionalLong bufferByteSize,
            MeasurementProgress progress) {
        this.topology = topology;
        this.system = system;
        this.budget = budget;
        this.bufferByteSize = bufferByteSize;
        this.progress = progress;
    }

    /**
     * A measurement that takes 10 seconds at most, chooses the size of its memory, and tells nobody how far it is.
     *
     * @param topology the running machine, just read: its free memory matters
     * @return the measurement, not begun
     */
    public static AttributeMeasurement of(Topology topology) {
        return of(topology, MeasuringSystem.running());
    }

    static AttributeMeasurement of(Topology topology, MeasuringSystem system) {
        Objects.requireNonNull(topology, "topology");
        return new AttributeMeasurement(topology, system, USUAL_BUDGET, OptionalLong.empty(), (from, to, done) -> {});
    }

    /**
     * The same with another limit of time. A pair takes two seconds at most, so that few pairs take less than the limit. It
     * is exceeded by no more than one node's memory takes to be mapped and read for a few milliseconds; pairs that are not
     * reached have that as their reason.
     *
     * @param budget from 100 milliseconds to an hour, for all pairs together
     * @return the measurement, not begun
     * @throws IllegalArgumentException if it is out of this range
     */
    public AttributeMeasurement withTimeBudget(Duration budget) {
        if (budget.compareTo(LEAST_BUDGET) < 0 || budget.compareTo(MOST_BUDGET) > 0) {
            throw new IllegalArgumentException(
                    "the time budget of " + budget + " is not from " + LEAST_BUDGET + " to " + MOST_BUDGET);
        }
        return new AttributeMeasurement(topology, system, budget, bufferByteSize, progress);
    }

    /**
     * The same with a size of the memory that is read. Memory that fits into a cache gives the values of the cache.
     *
     * @param byteSize from 2 MiB to 64 GiB; rounded down to a multiple of 2 MiB
     * @return the measurement, not begun
     * @throws IllegalArgumentException if it is out of this range
     */
    public AttributeMeasurement withBufferByteSize(long byteSize) {
        if (byteSize < LEAST_BUFFER || byteSize > MOST_BUFFER) {
            throw new IllegalArgumentException(
                    "a buffer of " + byteSize + " bytes is not from " + LEAST_BUFFER + " to " + MOST_BUFFER + " bytes");
        }
        return new AttributeMeasurement(topology, system, budget, OptionalLong.of(byteSize), progress);
    }

    /**
     * The same with a listener.
     *
     * @param listener is told how far it is
     * @return the measurement, not begun
     */
    public AttributeMeasurement withProgress(MeasurementProgress listener) {
        return new AttributeMeasurement(
                topology, system, budget, bufferByteSize, Objects.requireNonNull(listener, "listener"));
    }

    /**
     * Measures.
     *
     * @return a pair for each node with processors and each node with memory; none on a kernel without NUMA
     * @throws InterruptedException if the calling thread is interrupted; nothing is left behind then
     */
    public MeasuredAttributes measure() throws InterruptedException {
        try (MeasurementRun run = new MeasurementRun(topology, system, budget.toNanos(), bufferByteSize, progress)) {
            return run.measure();
        }
    }
}
