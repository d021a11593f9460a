package io.memkind.topology;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the user says about the nodes, in place of what the firmware says.
 *
 * @param highBandwidthNodes ids of the high-bandwidth nodes, ascending ({@code MEMKIND_HBW_NODES}); present and empty if the
 *     user says that there are none
 * @param highBandwidthThresholdMiBps the least bandwidth of a high-bandwidth node ({@code MEMKIND_HBW_THRESHOLD})
 * @param daxKmemNodes ids of the nodes of DAX memory, ascending ({@code MEMKIND_DAX_KMEM_NODES})
 */
public record NodeOverrides(
        Optional<List<Integer>> highBandwidthNodes,
        OptionalLong highBandwidthThresholdMiBps,
        Optional<List<Integer>> daxKmemNodes) {
    /** Nothing said. */
    public static final NodeOverrides NONE =
            new NodeOverrides(Optional.empty(), OptionalLong.empty(), Optional.empty());

    /** Copies the lists. */
    public NodeOverrides {
        highBandwidthNodes = highBandwidthNodes.map(List::copyOf);
        daxKmemNodes = daxKmemNodes.map(List::copyOf);
    }
}
