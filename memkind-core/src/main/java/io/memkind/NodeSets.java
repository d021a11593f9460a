package io.memkind;

import io.memkind.internal.select.NodeEnvironment;
import io.memkind.internal.select.NodeRule;
import io.memkind.internal.select.NodeSelector;
import io.memkind.internal.select.Selection;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The nodes that kinds of special memory would use on a machine, be it this one or one whose sysfs tree was captured. Pure
 * functions, for any thread.
 */
public final class NodeSets {
    private NodeSets() {}

    /**
     * The high-bandwidth nodes of a machine: those that {@code memkind_hbw_all} uses, from any processor. They are those
     * that the user names; else, on a Xeon Phi, those without processors; else those whose bandwidth reaches the threshold,
     * of 204800 MiB/s unless the user sets another. As in the C library, the last rule finds none at all if there is a node
     * with processors for which no node is fast enough.
     *
     * @param topology the machine
     * @param overrides what the user says about its nodes
     * @return the nodes that this process may use
     */
    public static NodeSet highBandwidth(Topology topology, NodeOverrides overrides) {
        return select(NodeRule.HBW_ALL, topology, overrides);
    }

    /**
     * The nodes of a machine whose memory is that of DAX devices (persistent memory, CXL): those that the user names; else
     * those of the devices in use as system memory.
     *
     * @param topology the machine
     * @param overrides what the user says about its nodes
     * @return the nodes that this process may use
     */
    public static NodeSet daxKmem(Topology topology, NodeOverrides overrides) {
        return select(NodeRule.DAX_KMEM_ALL, topology, overrides);
    }

    /**
     * As {@link #highBandwidth(Topology, NodeOverrides)}, with what the environment says. Variables that do not concern these
     * nodes are not read.
     *
     * @param topology the machine
     * @param environment variables and properties, as {@link io.memkind.settings.Settings#ofProcess} has them
     * @return the nodes that this process may use
     * @throws io.memkind.settings.SettingException if {@code MEMKIND_HBW_NODES} has a bad value, or {@code MEMKIND_HBW_THRESHOLD} where
     *     bandwidths are compared
     */
    public static NodeSet highBandwidth(Topology topology, Map<String, String> environment) {
        return highBandwidth(topology, NodeEnvironment.overrides(NodeRule.HBW_ALL, topology, environment));
    }

    /**
     * As {@link #daxKmem(Topology, NodeOverrides)}, with what the environment says. Variables that do not concern these nodes
     * are not read.
     *
     * @param topology the machine
     * @param environment variables and properties, as {@link io.memkind.settings.Settings#ofProcess} has them
     * @return the nodes that this process may use
     * @throws io.memkind.settings.SettingException if {@code MEMKIND_DAX_KMEM_NODES} has a bad value
     */
    public static NodeSet daxKmem(Topology topology, Map<String, String> environment) {
        return daxKmem(topology, NodeEnvironment.overrides(NodeRule.DAX_KMEM_ALL, topology, environment));
    }

    private static NodeSet select(NodeRule rule, Topology topology, NodeOverrides overrides) {
        Objects.requireNonNull(overrides, "overrides");
        Selection selection = NodeSelector.select(rule, topology, overrides);
        return selection instanceof Nodes nodes
                ? new NodeSet(nodes.union(), Availability.YES)
                : refused((Unavailable) selection);
    }

    private static NodeSet refused(Unavailable refusal) {
        return new NodeSet(List.of(), Availability.no(refusal));
    }
}
