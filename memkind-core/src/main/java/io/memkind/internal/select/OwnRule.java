package io.memkind.internal.select;

import io.memkind.internal.locality.Localities;
import io.memkind.internal.locality.PlacedNode;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Rules that the C library does not have. */
public enum OwnRule implements NodeChoice {
    /** The node of the processor that the thread runs on; if that has no memory, the closest that have. */
    NEAREST {
        @Override
        Selection select(Machine machine) {
            SortedMap<Integer, List<Integer>> targets = new TreeMap<>();
            for (int initiator : machine.initiatorIds()) {
                targets.put(
                        initiator,
                        machine.isUsable(initiator)
                                ? List.of(initiator)
                                : ClosestNodes.closest(machine, initiator, machine.usableIds()));
            }
            return targets.isEmpty() ? ClosestNodes.noInitiator() : Nodes.perInitiator(targets);
        }
    },
    /** All nodes that are near to exactly the processors of the thread's node. */
    LOCAL_ALL {
        @Override
        Selection select(Machine machine) {
            List<PlacedNode> nodes = Localities.of(machine.topology());
            SortedMap<Integer, List<Integer>> targets = new TreeMap<>();
            for (PlacedNode initiator : Localities.initiators(nodes)) {
                List<Integer> local = nodes.stream()
                        .filter(node -> machine.isUsable(node.id()) && node.isLocalTo(initiator))
                        .map(PlacedNode::id)
                        .toList();
                if (!local.isEmpty()) {
                    machine.initiatorsNear(initiator).forEach(other -> targets.put(other.id(), local));
                }
            }
            return targets.isEmpty() ? ClosestNodes.noInitiator() : Nodes.perInitiator(targets);
        }
    };

    abstract Selection select(Machine machine);

    @Override
    public Selection select(Topology topology, NodeOverrides overrides) {
        Machine machine = new Machine(topology);
        return NodeSelector.withoutMemory(machine)
                .<Selection>map(refusal -> refusal)
                .orElseGet(() -> select(machine));
    }
}
