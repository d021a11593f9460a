package io.memkind.internal.select;

import io.memkind.internal.locality.Localities;
import io.memkind.internal.locality.PlacedNode;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** A machine as the rules see it. */
final class Machine {
    /** Stands for a distance that the kernel does not tell: farther than any. */
    static final int UNKNOWN_DISTANCE = Integer.MAX_VALUE;

    private static final int LOCAL_DISTANCE = 10;

    private final Topology topology;
    private final Map<Integer, NumaNode> nodes = new TreeMap<>();
    private final List<NumaNode> usable;
    private final Set<Integer> usableIds;

    Machine(Topology topology) {
        this.topology = topology;
        topology.nodes().forEach(node -> nodes.put(node.id(), node));
        Set<Integer> allowed = new HashSet<>(topology.allowedNodes());
        usable = topology.nodesWithMemory().stream()
                .filter(node -> allowed.contains(node.id()))
                .sorted(Comparator.comparingInt(NumaNode::id))
                .toList();
        usableIds = new HashSet<>(ids(usable));
    }

    Topology topology() {
        return topology;
    }

    Optional<NumaNode> node(int id) {
        return Optional.ofNullable(nodes.get(id));
    }

    List<Integer> nodeIds() {
        return List.copyOf(nodes.keySet());
    }

    /** The nodes with memory that this process may use, by ascending id. */
    List<NumaNode> usable() {
        return usable;
    }

    List<Integer> usableIds() {
        return ids(usable);
    }

    boolean isUsable(int id) {
        return usableIds.contains(id);
    }

    /** The nodes with processors, by ascending id. */
    List<NumaNode> initiators() {
        return nodes.values().stream().filter(node -> !node.cpus().isEmpty()).toList();
    }

    /** The nodes whose processors a node stands for, see {@link Localities#initiators}. */
    List<NumaNode> initiatorsNear(PlacedNode place) {
        return initiators().stream()
                .filter(node -> place.isNear(node.cpus().get(0)))
                .toList();
    }

    List<Integer> initiatorIds() {
        return ids(initiators());
    }

    int distance(int from, int to) {
        int unknown = from == to ? LOCAL_DISTANCE : UNKNOWN_DISTANCE;
        NumaNode node = nodes.get(from);
        return node == null ? unknown : node.distanceTo(to).orElse(unknown);
    }

    private static List<Integer> ids(List<NumaNode> nodes) {
        return nodes.stream().map(NumaNode::id).toList();
    }
}
