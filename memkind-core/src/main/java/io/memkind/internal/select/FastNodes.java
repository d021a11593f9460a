package io.memkind.internal.select;

import io.memkind.internal.locality.Localities;
import io.memkind.internal.locality.PlacedNode;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Chooses, for each initiator, nodes whose bandwidth reaches a threshold. The kernel tells a node's values for its best
 * initiators only, so a node counts for those, and a single initiator without such a node leaves the machine without
 * high-bandwidth memory.
 */
final class FastNodes {
    private FastNodes() {}

    static Selection select(Machine machine, long thresholdMiBps, TargetChoice choice, String tieRemedy) {
        List<PlacedNode> nodes = Localities.of(machine.topology());
        SortedMap<Integer, Collection<Integer>> targets = new TreeMap<>();
        for (PlacedNode initiator : Localities.initiators(nodes)) {
            List<Integer> fast = nodes.stream()
                    .filter(node -> machine.isUsable(node.id()))
                    .filter(node -> node.bandwidthMiBpsFrom(initiator).orElse(-1) >= thresholdMiBps)
                    .map(PlacedNode::id)
                    .sorted()
                    .toList();
            List<Integer> kept =
                    choice == TargetChoice.ALL ? fast : ClosestNodes.closest(machine, initiator.id(), fast);
            if (kept.isEmpty() && machine.isUsable(initiator.id())) {
                return tooSlow(machine, nodes, initiator, thresholdMiBps);
            }
            if (choice == TargetChoice.SINGLE && kept.size() > 1) {
                return ClosestNodes.tie(machine, initiator.id(), kept, tieRemedy);
            }
            if (!kept.isEmpty()) {
                machine.initiatorsNear(initiator)
                        .forEach(node -> targets.computeIfAbsent(node.id(), id -> new TreeSet<>())
                                .addAll(kept));
            }
        }
        if (targets.isEmpty()) {
            return new Unavailable(
                    SelectionError.MEMTYPE_NOT_AVAILABLE,
                    "no node reaches " + thresholdMiBps + " MiB/s from any node with processors",
                    remedy(OptionalLong.empty()));
        }
        return Nodes.perInitiator(targets);
    }

    private static Unavailable tooSlow(
            Machine machine, List<PlacedNode> nodes, PlacedNode initiator, long thresholdMiBps) {
        List<String> found = new ArrayList<>();
        OptionalLong best = OptionalLong.empty();
        List<PlacedNode> byId =
                nodes.stream().sorted(Comparator.comparingInt(PlacedNode::id)).toList();
        for (PlacedNode node : byId) {
            OptionalLong bandwidth = node.bandwidthMiBpsFrom(initiator);
            if (bandwidth.isPresent() && machine.isUsable(node.id())) {
                found.add("node " + node.id() + " has " + bandwidth.getAsLong() + " MiB/s");
                best = OptionalLong.of(Math.max(best.orElse(0), bandwidth.getAsLong()));
            }
        }
        String reason = found.isEmpty()
                ? "the firmware tells no bandwidth of any node for the processors of node " + initiator.id()
                        + ", so none is known to reach " + thresholdMiBps + " MiB/s"
                : "no node reaches " + thresholdMiBps + " MiB/s from node " + initiator.id() + ": "
                        + NodeText.list(found);
        return new Unavailable(SelectionError.MEMTYPE_NOT_AVAILABLE, reason, remedy(best));
    }

    private static String remedy(OptionalLong bestMiBps) {
        String name = "name the high-bandwidth nodes in " + HighBandwidthNodes.VARIABLE;
        return bestMiBps.isPresent()
                ? "lower MEMKIND_HBW_THRESHOLD to " + bestMiBps.getAsLong() + " or less, or " + name
                : name + "; or measure it with memkind topology --measure";
    }
}
