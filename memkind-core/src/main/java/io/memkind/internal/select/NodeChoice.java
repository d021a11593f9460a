package io.memkind.internal.select;

import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;

/** How the nodes of a kind are chosen. */
public interface NodeChoice {
    /**
     * Chooses nodes. A pure function: the machine is not asked again.
     *
     * @param topology the machine
     * @param overrides what the user says about its nodes
     * @return the nodes, or why there are none
     */
    Selection select(Topology topology, NodeOverrides overrides);

    /** {@return whether it looks for high-bandwidth nodes, and so heeds what the user says about them} */
    default boolean isHighBandwidth() {
        return false;
    }

    /** {@return whether the bandwidth or latency of nodes decides} */
    default boolean needsSpeeds() {
        return false;
    }

    /** {@return whether it looks for nodes of DAX memory, and so heeds what the user says about them} */
    default boolean isDaxKmem() {
        return false;
    }
}
