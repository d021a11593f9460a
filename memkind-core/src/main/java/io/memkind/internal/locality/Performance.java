package io.memkind.internal.locality;

import io.memkind.topology.AccessAttributes;
import io.memkind.topology.NumaNode;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * How fast a node's memory is, without regard to direction.
 *
 * @param bandwidthMiBps in MiB/s; empty if unknown
 * @param latencyNanos in nanoseconds; empty if unknown
 */
record Performance(OptionalLong bandwidthMiBps, OptionalLong latencyNanos) {
    static final Performance UNKNOWN = new Performance(OptionalLong.empty(), OptionalLong.empty());

    static Performance of(NumaNode node) {
        return access(node)
                .map(access -> new Performance(access.bandwidthMiBps(), access.latencyNanos()))
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
}
