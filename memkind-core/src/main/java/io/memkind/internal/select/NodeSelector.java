package io.memkind.internal.select;

import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.Optional;

/** Applies a rule to a machine. */
public final class NodeSelector {
    private NodeSelector() {}

    /**
     * Chooses nodes. A pure function: the machine is not asked again.
     *
     * @param rule how to choose
     * @param topology the machine
     * @param overrides what the user says about its nodes
     * @return the nodes, or why there are none
     */
    public static Selection select(NodeRule rule, Topology topology, NodeOverrides overrides) {
        Machine machine = new Machine(topology);
        if (rule == NodeRule.ANY) {
            return Nodes.uniform(machine.initiatorIds(), machine.usableIds());
        }
        Optional<Unavailable> refusal = withoutMemory(machine);
        if (refusal.isPresent()) {
            return refusal.get();
        }
        return switch (rule) {
            case ANY, ALLOWED -> Nodes.uniform(machine.initiatorIds(), machine.usableIds());
            case WITH_PROCESSORS -> withProcessors(machine);
            case HBW -> HighBandwidthNodes.select(machine, overrides, TargetChoice.CLOSEST);
            case HBW_SINGLE -> HighBandwidthNodes.select(machine, overrides, TargetChoice.SINGLE);
            case HBW_ALL -> HighBandwidthNodes.select(machine, overrides, TargetChoice.ALL);
            case DAX_KMEM -> DaxKmemNodes.select(machine, overrides, TargetChoice.CLOSEST);
            case DAX_KMEM_SINGLE -> DaxKmemNodes.select(machine, overrides, TargetChoice.SINGLE);
            case DAX_KMEM_ALL -> DaxKmemNodes.select(machine, overrides, TargetChoice.ALL);
            case HIGHEST_CAPACITY -> LargestNodes.select(machine, false);
            case HIGHEST_CAPACITY_SINGLE -> LargestNodes.select(machine, true);
            case LOCAL_CAPACITY -> LocalNodes.select(machine, LocalAttribute.CAPACITY);
            case LOCAL_LATENCY -> LocalNodes.select(machine, LocalAttribute.LATENCY);
            case LOCAL_BANDWIDTH -> LocalNodes.select(machine, LocalAttribute.BANDWIDTH);
        };
    }

    /** Why a machine has no memory on nodes; empty if it has some. */
    static Optional<Unavailable> withoutMemory(Machine machine) {
        if (machine.topology().nodes().isEmpty()) {
            return Optional.of(new Unavailable(
                    SelectionError.UNAVAILABLE,
                    "the kernel tells no NUMA nodes: /sys/devices/system/node has none",
                    "run a kernel with CONFIG_NUMA, or use memkind_default"));
        }
        if (machine.usable().isEmpty()) {
            return Optional.of(new Unavailable(
                    SelectionError.UNAVAILABLE,
                    "of " + NodeText.nodes(machine.nodeIds()) + " none has memory that this process may use",
                    "let the process use a node with memory (cpuset.mems of its control group)"));
        }
        return Optional.empty();
    }

    private static Selection withProcessors(Machine machine) {
        List<Integer> targets = machine.usable().stream()
                .filter(node -> !node.cpus().isEmpty())
                .map(NumaNode::id)
                .toList();
        if (targets.isEmpty()) {
            return new Unavailable(
                    SelectionError.UNAVAILABLE,
                    "no node with processors has memory that this process may use: that is on "
                            + NodeText.nodes(machine.usableIds()) + " only",
                    "let the process use a node with processors (cpuset.mems of its control group), or use"
                            + " memkind_default");
        }
        return Nodes.uniform(machine.initiatorIds(), targets);
    }
}
