package io.memkind.internal.locality;

import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import io.memkind.topology.XeonPhi;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * The nodes of an Intel Xeon Phi (Knights Landing, Knights Mill), whose firmware tells no performance: its nodes without
 * processors are the fast MCDRAM, one for each node with processors.
 *
 * @param fastNodes ids of the nodes without processors, ascending
 * @param fastNodeByNode the fast node in the same part of the chip as a node with processors; empty if the distances do not
 *     tell
 */
public record KnightsLayout(List<Integer> fastNodes, Map<Integer, Integer> fastNodeByNode) {
    /* Of the whole chip, as hwloc has it. */
    private static final long FAST_MIBPS = 360_000;
    private static final long SLOW_MIBPS = 90_000;

    /** Copies the collections. */
    public KnightsLayout {
        fastNodes = List.copyOf(fastNodes);
        fastNodeByNode = Map.copyOf(fastNodeByNode);
    }

    /**
     * The layout of a machine.
     *
     * @param topology the machine
     * @return empty if it has no MCDRAM that programs can address, see {@link XeonPhi#fastNodes}
     */
    public static Optional<KnightsLayout> of(Topology topology) {
        return XeonPhi.fastNodes(topology)
                .map(fast -> new KnightsLayout(
                        fast.stream().map(NumaNode::id).sorted().toList(), pairs(topology.nodesWithMemory())));
    }

    /* The value of a node that is in a pair. */
    Performance performanceOf(int node) {
        long chipMiBps = fastNodes.contains(node) ? FAST_MIBPS : SLOW_MIBPS;
        return new Performance(OptionalLong.of(chipMiBps / fastNodes.size()), OptionalLong.empty());
    }

    private static Map<Integer, Integer> pairs(List<NumaNode> nodes) {
        Map<Integer, Integer> pairs = new TreeMap<>();
        for (NumaNode fast : nodes) {
            if (fast.cpus().isEmpty()) {
                OptionalInt near = nearest(fast, nodes);
                if (near.isEmpty() || pairs.put(near.getAsInt(), fast.id()) != null) {
                    return Map.of();
                }
            }
        }
        return pairs;
    }

    private static OptionalInt nearest(NumaNode fast, List<NumaNode> nodes) {
        int least = Integer.MAX_VALUE;
        OptionalInt nearest = OptionalInt.empty();
        for (NumaNode node : nodes) {
            int distance = fast.distanceTo(node.id()).orElse(Integer.MAX_VALUE);
            if (!node.cpus().isEmpty() && distance <= least) {
                nearest = distance < least ? OptionalInt.of(node.id()) : OptionalInt.empty();
                least = distance;
            }
        }
        return nearest;
    }
}
