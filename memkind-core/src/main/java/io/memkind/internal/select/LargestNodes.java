package io.memkind.internal.select;

import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NumaNode;
import java.util.List;

/** Chooses the nodes with the most memory, near or far. */
final class LargestNodes {
    private LargestNodes() {}

    static Selection select(Machine machine, boolean single) {
        long most =
                machine.usable().stream().mapToLong(NumaNode::totalBytes).max().orElse(0);
        if (most <= 0) {
            return new Unavailable(
                    SelectionError.MEMTYPE_NOT_AVAILABLE,
                    "the kernel tells no size of " + NodeText.nodes(machine.usableIds()),
                    "check the meminfo files under /sys/devices/system/node");
        }
        List<Integer> largest = machine.usable().stream()
                .filter(node -> node.totalBytes() == most)
                .map(NumaNode::id)
                .toList();
        if (single && largest.size() > 1) {
            return new Unavailable(
                    SelectionError.MEMTYPE_NOT_AVAILABLE,
                    NodeText.nodes(largest) + " have the same highest capacity (" + most
                            + " bytes): a preferred kind needs one",
                    "use memkind_highest_capacity, which takes all of them, or memkind_highest_capacity_local_preferred");
        }
        return Nodes.uniform(machine.initiatorIds(), largest);
    }
}
