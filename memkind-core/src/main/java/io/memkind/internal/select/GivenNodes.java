package io.memkind.internal.select;

import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.TreeSet;

/**
 * Nodes that the caller names.
 *
 * @param ids ascending, without duplicates, not empty
 */
public record GivenNodes(List<Integer> ids) implements NodeChoice {
    /**
     * Sorts the ids.
     *
     * @throws IllegalArgumentException if there is none, or one is negative
     */
    public GivenNodes {
        ids = List.copyOf(new TreeSet<>(ids));
        if (ids.isEmpty()) {
            throw new IllegalArgumentException("no node is given; name at least one");
        }
        if (ids.get(0) < 0) {
            throw new IllegalArgumentException("node " + ids.get(0) + " is negative; nodes count from 0");
        }
    }

    @Override
    public Selection select(Topology topology, NodeOverrides overrides) {
        Machine machine = new Machine(topology);
        List<Integer> missing = ids.stream().filter(id -> !machine.isUsable(id)).toList();
        if (missing.isEmpty()) {
            return Nodes.uniform(machine.initiatorIds(), ids);
        }
        return new Unavailable(
                SelectionError.UNAVAILABLE,
                NodeText.nodes(missing) + NodeText.verb(missing, " is", " are")
                        + " not among those with memory that this process may use: "
                        + NodeText.nodes(machine.usableIds()),
                "name other nodes, or let the process use these (cpuset.mems of its control group)");
    }
}
