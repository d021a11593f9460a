package io.memkind.topology;

import java.util.List;
import java.util.OptionalLong;

/**
 * How fast a node's memory is, seen from the nodes that reach it best: one {@code access} class of the node, which the
 * kernel fills from the firmware's HMAT (Documentation/admin-guide/mm/numaperf.rst), or which was measured.
 *
 * <p>Of bandwidth, numaperf.rst says MiB/s and Documentation/ABI/stable/sysfs-devices-node says MB/s; it is taken for MiB/s,
 * as hwloc does and so the C library.
 *
 * @param accessClass 0 for the best initiators of any sort, 1 for the best among those with processors
 * @param initiators ids of the nodes from which the values hold, ascending
 * @param readBandwidthMiBps in MiB/s; empty where nothing tells
 * @param writeBandwidthMiBps in MiB/s
 * @param readLatencyNanos in nanoseconds
 * @param writeLatencyNanos in nanoseconds
 * @param origin where all the values come from
 */
public record AccessAttributes(
        int accessClass,
        List<Integer> initiators,
        OptionalLong readBandwidthMiBps,
        OptionalLong writeBandwidthMiBps,
        OptionalLong readLatencyNanos,
        OptionalLong writeLatencyNanos,
        AttributeOrigin origin) {
    /** Copies the list. */
    public AccessAttributes {
        initiators = List.copyOf(initiators);
    }

    /**
     * Attributes that the firmware tells.
     *
     * @param accessClass 0 or 1
     * @param initiators ids of the nodes from which the values hold, ascending
     * @param readBandwidthMiBps in MiB/s; empty where the firmware does not tell
     * @param writeBandwidthMiBps in MiB/s
     * @param readLatencyNanos in nanoseconds
     * @param writeLatencyNanos in nanoseconds
     */
    public AccessAttributes(
            int accessClass,
            List<Integer> initiators,
            OptionalLong readBandwidthMiBps,
            OptionalLong writeBandwidthMiBps,
            OptionalLong readLatencyNanos,
            OptionalLong writeLatencyNanos) {
        this(
                accessClass,
                initiators,
                readBandwidthMiBps,
                writeBandwidthMiBps,
                readLatencyNanos,
                writeLatencyNanos,
                AttributeOrigin.FIRMWARE);
    }

    /**
     * The bandwidth without regard to direction: the mean of reading and writing, where both are known, as hwloc's Linux
     * backend has it and so the C library; that of reading where the values were measured, since only reading is.
     *
     * @return the bandwidth in MiB/s; empty if unknown
     */
    public OptionalLong bandwidthMiBps() {
        return withoutDirection(readBandwidthMiBps, writeBandwidthMiBps);
    }

    /**
     * The latency without regard to direction, found as {@link #bandwidthMiBps()} is.
     *
     * @return the latency in nanoseconds; empty if unknown
     */
    public OptionalLong latencyNanos() {
        return withoutDirection(readLatencyNanos, writeLatencyNanos);
    }

    /**
     * Whether any of the four values is known.
     *
     * @return true if so
     */
    public boolean hasValues() {
        return readBandwidthMiBps.isPresent()
                || writeBandwidthMiBps.isPresent()
                || readLatencyNanos.isPresent()
                || writeLatencyNanos.isPresent();
    }

    /* 0 is the kernel's "unknown". */
    private OptionalLong withoutDirection(OptionalLong read, OptionalLong write) {
        long a = read.orElse(0);
        long b = write.orElse(0);
        if (a > 0 && b > 0) {
            return OptionalLong.of((a & b) + ((a ^ b) >> 1)); // a + b may overflow
        }
        return origin == AttributeOrigin.MEASURED && a > 0 ? read : OptionalLong.empty();
    }
}
