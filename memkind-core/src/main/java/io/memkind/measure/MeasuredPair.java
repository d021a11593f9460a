package io.memkind.measure;

import java.util.Objects;
import java.util.OptionalLong;

/**
 * How fast the memory of one node is for the processors of one node, or why that is not known.
 *
 * @param initiator id of the node whose processors read
 * @param target id of the node whose memory is read
 * @param readBandwidthMiBps what all processors of the initiator together read in sequence, in MiB/s
 * @param readLatencyNanos the time of one load that depends on the one before, by one processor on an otherwise idle node, in
 *     nanoseconds
 * @param bufferByteSize memory that was read, over and over
 * @param hugeByteSize what of it lay in huge pages: more of it means fewer misses of the TLB in the latency
 * @param threadCount threads that read for the bandwidth, each on a processor of its own
 * @param roundCount rounds of which the values are the medians
 * @param reason why nothing was measured, in one line; empty if it was
 */
public record MeasuredPair(
        int initiator,
        int target,
        OptionalLong readBandwidthMiBps,
        OptionalLong readLatencyNanos,
        long bufferByteSize,
        long hugeByteSize,
        int threadCount,
        int roundCount,
        String reason) {
    /**
     * Checks that there are both values and no reason, or a reason and no value.
     *
     * @throws IllegalArgumentException if not; or if a node or a count is negative, or a value not positive
     */
    public MeasuredPair {
        reason = reason.replaceAll("[\\s\\p{Cntrl}]+", " ").strip();
        Objects.requireNonNull(readBandwidthMiBps, "readBandwidthMiBps");
        Objects.requireNonNull(readLatencyNanos, "readLatencyNanos");
        boolean values = readBandwidthMiBps.isPresent() && readLatencyNanos.isPresent();
        boolean none = readBandwidthMiBps.isEmpty() && readLatencyNanos.isEmpty();
        boolean positive = readBandwidthMiBps.orElse(1) > 0 && readLatencyNanos.orElse(1) > 0;
        boolean counts = Math.min(initiator, target) >= 0
                && Math.min(bufferByteSize, hugeByteSize) >= 0
                && Math.min(threadCount, roundCount) >= 0;
        if (!(reason.isEmpty() ? values : none) || !positive || !counts) {
            throw new IllegalArgumentException("node " + initiator + " to node " + target + ": " + readBandwidthMiBps
                    + " MiB/s, " + readLatencyNanos + " ns, reason '" + reason
                    + "': give two positive values, or a reason for none");
        }
    }

    static MeasuredPair unmeasured(int initiator, int target, String reason) {
        return new MeasuredPair(initiator, target, OptionalLong.empty(), OptionalLong.empty(), 0, 0, 0, 0, reason);
    }

    /**
     * Whether there are values.
     *
     * @return false if there is a reason in place of them
     */
    public boolean measured() {
        return reason.isEmpty();
    }
}
