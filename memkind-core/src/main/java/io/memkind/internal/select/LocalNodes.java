package io.memkind.internal.select;

import io.memkind.internal.locality.Localities;
import io.memkind.internal.locality.PlacedNode;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Chooses, for each initiator, one of the nodes that are near to exactly its processors. Of nodes equal in everything that
 * is compared, the first in hwloc's order.
 */
final class LocalNodes {
    private LocalNodes() {}

    static Selection select(Machine machine, LocalAttribute attribute) {
        List<PlacedNode> nodes = Localities.of(machine.topology());
        SortedMap<Integer, List<Integer>> targets = new TreeMap<>();
        for (PlacedNode initiator : Localities.initiators(nodes)) {
            List<PlacedNode> local = nodes.stream()
                    .filter(node -> machine.isUsable(node.id()) && node.isLocalTo(initiator))
                    .toList();
            Optional<PlacedNode> best = local.stream()
                    .filter(node -> value(node, initiator, attribute).isPresent())
                    .min(order(machine, initiator, attribute));
            if (best.isEmpty() && machine.isUsable(initiator.id())) {
                return none(initiator, local, attribute);
            }
            best.ifPresent(node ->
                    machine.initiatorsNear(initiator).forEach(other -> targets.put(other.id(), List.of(node.id()))));
        }
        if (targets.isEmpty()) {
            return new Unavailable(
                    SelectionError.MEMTYPE_NOT_AVAILABLE,
                    "no node with processors has local memory of known " + attribute.noun()
                            + " that this process may use",
                    remedy(attribute));
        }
        return Nodes.perInitiator(targets);
    }

    private static OptionalLong value(PlacedNode node, PlacedNode initiator, LocalAttribute attribute) {
        return switch (attribute) {
            case CAPACITY ->
                node.node().totalBytes() > 0 ? OptionalLong.of(node.node().totalBytes()) : OptionalLong.empty();
            case BANDWIDTH -> node.bandwidthMiBpsFrom(initiator);
            case LATENCY -> node.latencyNanosFrom(initiator);
        };
    }

    /* The best first; min() keeps the first of equals. */
    private static Comparator<PlacedNode> order(Machine machine, PlacedNode initiator, LocalAttribute attribute) {
        Comparator<PlacedNode> byValue = Comparator.comparingLong(
                node -> value(node, initiator, attribute).orElseThrow());
        Comparator<PlacedNode> byDistance =
                Comparator.comparingInt(node -> machine.distance(initiator.id(), node.id()));
        Comparator<PlacedNode> bySize =
                Comparator.comparingLong(node -> node.node().totalBytes());
        return switch (attribute) {
            case CAPACITY -> byValue.reversed().thenComparing(byDistance.reversed());
            case BANDWIDTH -> byValue.reversed().thenComparing(bySize);
            case LATENCY -> byValue.thenComparing(bySize);
        };
    }

    private static Unavailable none(PlacedNode initiator, List<PlacedNode> local, LocalAttribute attribute) {
        List<Integer> ids = local.stream().map(PlacedNode::id).sorted().toList();
        String reason = attribute == LocalAttribute.CAPACITY
                ? "the kernel tells no size of the memory local to node " + initiator.id() + " (" + NodeText.nodes(ids)
                        + ")"
                : "the firmware tells no " + attribute.noun() + " of the memory local to node " + initiator.id() + " ("
                        + NodeText.nodes(ids) + ")";
        return new Unavailable(SelectionError.MEMTYPE_NOT_AVAILABLE, reason, remedy(attribute));
    }

    private static String remedy(LocalAttribute attribute) {
        return attribute == LocalAttribute.CAPACITY
                ? "use memkind_regular or memkind_default"
                : "measure it with memkind topology --measure; or use memkind_regular";
    }
}
