package io.memkind.internal.select;

import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Chooses, for each initiator, from a set of nodes that is the same for all. */
final class ClosestNodes {
    private ClosestNodes() {}

    /**
     * Chooses.
     *
     * @param destinations ids of usable nodes, ascending, not empty
     * @param tieRemedy what helps if one node is needed and several are equally close
     */
    static Selection select(Machine machine, List<Integer> destinations, TargetChoice choice, String tieRemedy) {
        SortedMap<Integer, List<Integer>> targets = new TreeMap<>();
        for (int initiator : machine.initiatorIds()) {
            List<Integer> kept = choice == TargetChoice.ALL ? destinations : closest(machine, initiator, destinations);
            if (choice == TargetChoice.SINGLE && kept.size() > 1) {
                return tie(machine, initiator, kept, tieRemedy);
            }
            targets.put(initiator, kept);
        }
        if (targets.isEmpty()) {
            return noInitiator();
        }
        return Nodes.perInitiator(targets);
    }

    static Unavailable noInitiator() {
        return new Unavailable(
                SelectionError.UNAVAILABLE,
                "no node of this machine has processors, so none is closest to any",
                "check the cpulist files under /sys/devices/system/node");
    }

    /** Those at the least distance from an initiator, in the order given; all, if no distance is known. */
    static List<Integer> closest(Machine machine, int initiator, List<Integer> destinations) {
        int least = Machine.UNKNOWN_DISTANCE;
        List<Integer> kept = new ArrayList<>();
        for (int destination : destinations) {
            int distance = machine.distance(initiator, destination);
            if (distance < least) {
                least = distance;
                kept.clear();
            }
            if (distance == least) {
                kept.add(destination);
            }
        }
        return List.copyOf(kept);
    }

    static Unavailable tie(Machine machine, int initiator, List<Integer> closest, String remedy) {
        int distance = machine.distance(initiator, closest.get(0));
        String from = " to node " + initiator;
        String reason = distance == Machine.UNKNOWN_DISTANCE
                ? "the kernel does not tell which of " + NodeText.nodes(closest) + " is closest" + from
                : NodeText.nodes(closest) + " are equally near" + from + " (distance " + distance + ")";
        return new Unavailable(SelectionError.RUNTIME, reason + ": a preferred kind needs one", remedy);
    }
}
