package io.memkind.internal.locality;

import io.memkind.topology.AccessAttributes;
import io.memkind.topology.NumaNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How fast a node's memory is, without regard to direction.
 *
 * @param bandwidthMiBps in MiB/s; empty if the firmware does not tell
 * @param latencyNanos in nanoseconds; empty if the firmware does not tell
 */
record Performance(OptionalLong bandwidthMiBps, OptionalLong latencyNanos) {
    static final Performance UNKNOWN = new Performance(OptionalLong.empty(), OptionalLong.empty());

    static Performance of(NumaNode node) {
        return access(node)
                .map(access -> new Performance(
                        mean(access.readBandwidthMiBps(), access.writeBandwidthMiBps()),
                        mean(access.readLatencyNanos(), access.writeLatencyNanos())))
                .orElse(UNKNOWN);
    }

    /*
     * Class 1, because class 0 may hold for a device that is faster than any processor (Linux 5.10); class 0 where the
     * kernel has no class 1.
     */
    static Optional<AccessAttributes> access(NumaNode node) {
        return accessOfClass(node, 1).or(() -> accessOfClass(node, 0));
    }

    private static Optional<AccessAttributes> accessOfClass(NumaNode node, int accessClass) {
        return node.access().stream()
                .filter(access -> access.accessClass() == accessClass)
                .findFirst();
    }

    /* Both directions must be known; 0 is the kernel's "unknown". */
    private static OptionalLong mean(OptionalLong read, OptionalLong write) {
        long a = read.orElse(0);
        long b = write.orElse(0);
        return a > 0 && b > 0 ? OptionalLong.of((a & b) + ((a ^ b) >> 1)) : OptionalLong.empty(); // a + b may overflow
    }
}
