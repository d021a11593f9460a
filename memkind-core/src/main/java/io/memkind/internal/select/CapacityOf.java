package io.memkind.internal.select;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.OptionalLong;

/** How much memory a kind has in all, used or not. */
public final class CapacityOf {
    private CapacityOf() {}

    /**
     * All memory of a kind, wherever its threads run.
     *
     * @param kind the kind
     * @param topology the machine
     * @param overrides what the user says about its nodes
     * @return in bytes; empty if the kind is not available, if the machine does not tell, if the kind only prefers its
     *     nodes, or if it takes huge pages of some nodes, as in the C library
     */
    public static OptionalLong everywhere(KindSpec kind, Topology topology, NodeOverrides overrides) {
        return of(kind, topology, overrides, Nodes::union);
    }

    /**
     * The memory of a kind for the threads on one node, which is what the C library's {@code memkind_get_capacity} tells
     * for the calling thread.
     *
     * @param kind the kind
     * @param topology the machine
     * @param overrides what the user says about its nodes
     * @param node id of the node
     * @return in bytes; empty as {@link #everywhere}
     */
    public static OptionalLong seenFrom(KindSpec kind, Topology topology, NodeOverrides overrides, int node) {
        return of(kind, topology, overrides, nodes -> nodes.targetsFrom(node));
    }

    /**
     * The memory of a kind on nodes.
     *
     * @param kind the kind
     * @param topology the machine
     * @param ids the nodes that its rule has found
     * @return in bytes; empty as {@link #everywhere}
     */
    public static OptionalLong nodes(KindSpec kind, Topology topology, List<Integer> ids) {
        boolean huge = kind.pages().isHugetlb();
        if (isPreference(kind.policy()) || (huge && !kind.isAnywhere())) {
            return OptionalLong.empty();
        }
        if (huge) {
            // the kind counts as having 0 bytes where there is no page, not as unknown
            long pages = HugePageCheck.pages(topology, kind.pages().hugeByteSize())
                    + topology.hugePagePool(kind.pages().hugeByteSize()).overcommitPages();
            return topology.hugePagePools().isEmpty()
                    ? OptionalLong.empty()
                    : OptionalLong.of(pages * kind.pages().hugeByteSize());
        }
        long bytes = topology.nodes().stream()
                .filter(node -> ids.contains(node.id()))
                .mapToLong(NumaNode::totalBytes)
                .sum();
        if (bytes == 0 && kind.isAnywhere()) {
            bytes = topology.totalBytes(); // a kernel without NUMA
        }
        return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    private static boolean isPreference(NodePolicy policy) {
        return policy == NodePolicy.PREFERRED || policy == NodePolicy.PREFERRED_MANY;
    }

    private interface Targets {
        List<Integer> of(Nodes nodes);
    }

    private static OptionalLong of(KindSpec kind, Topology topology, NodeOverrides overrides, Targets targets) {
        return kind.choice().select(topology, overrides) instanceof Nodes nodes
                ? nodes(kind, topology, targets.of(nodes))
                : OptionalLong.empty();
    }
}
