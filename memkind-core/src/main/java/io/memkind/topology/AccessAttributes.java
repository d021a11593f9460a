package io.memkind.topology;

import java.util.List;
import java.util.OptionalLong;

/**
 * How fast a node's memory is, seen from the nodes that reach it best: one {@code access} class of the node, which the
 * kernel fills from the firmware's HMAT (Documentation/admin-guide/mm/numaperf.rst).
 *
 * <p>Of bandwidth, numaperf.rst says MiB/s and Documentation/ABI/stable/sysfs-devices-node says MB/s; it is taken for MiB/s,
 * as hwloc does and so the C library.
 *
 * @param accessClass 0 for the best initiators of any sort, 1 for the best among those with processors
 * @param initiators ids of the nodes from which the values hold, ascending
 * @param readBandwidthMiBps in MiB/s; empty where the firmware does not tell
 * @param writeBandwidthMiBps in MiB/s
 * @param readLatencyNanos in nanoseconds
 * @param writeLatencyNanos in nanoseconds
 */
public record AccessAttributes(
        int accessClass,
        List<Integer> initiators,
        OptionalLong readBandwidthMiBps,
        OptionalLong writeBandwidthMiBps,
        OptionalLong readLatencyNanos,
        OptionalLong writeLatencyNanos) {
    /** Copies the list. */
    public AccessAttributes {
        initiators = List.copyOf(initiators);
    }

    /**
     * The bandwidth without regard to direction, as hwloc has it: the mean of reading and writing, or the one of them that
     * is known.
     *
     * @return the bandwidth in MiB/s; empty if the firmware tells neither
     */
    public OptionalLong bandwidthMiBps() {
        return mean(readBandwidthMiBps, writeBandwidthMiBps);
    }

    /**
     * The latency without regard to direction: the mean of reading and writing, or the one of them that is known.
     *
     * @return the latency in nanoseconds; empty if the firmware tells neither
     */
    public OptionalLong latencyNanos() {
        return mean(readLatencyNanos, writeLatencyNanos);
    }

    boolean hasValues() {
        return bandwidthMiBps().isPresent() || latencyNanos().isPresent();
    }

    private static OptionalLong mean(OptionalLong read, OptionalLong write) {
        if (read.isPresent() && write.isPresent()) {
            long a = read.getAsLong();
            long b = write.getAsLong();
            return OptionalLong.of((a & b) + ((a ^ b) >> 1)); // a + b may overflow
        }
        return read.isPresent() ? read : write;
    }
}
