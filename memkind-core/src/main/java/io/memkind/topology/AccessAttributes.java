package io.memkind.topology;

import java.util.List;
import java.util.OptionalLong;

/**
 * How fast a node's memory is, seen from the nodes that reach it best: one {@code access} class of the node, which the
 * kernel fills from the firmware's HMAT (Documentation/admin-guide/mm/numaperf.rst).
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
}
