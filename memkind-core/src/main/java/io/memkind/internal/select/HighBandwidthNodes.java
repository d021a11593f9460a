package io.memkind.internal.select;

import io.memkind.internal.locality.KnightsLayout;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.NumaNode;
import io.memkind.topology.XeonPhi;
import java.util.List;
import java.util.Optional;

/** Finds high-bandwidth nodes: the user's, else a Xeon Phi's, else those of enough bandwidth. */
final class HighBandwidthNodes {
    /** 200 GiB/s, as in the C library. */
    static final long DEFAULT_THRESHOLD_MIBPS = 200 * 1024;

    static final String VARIABLE = "MEMKIND_HBW_NODES";

    private static final String TIE_REMEDY = "name in " + VARIABLE
            + " one node for each node with processors, or use memkind_hbw, which takes all of them";

    private HighBandwidthNodes() {}

    static Selection select(Machine machine, NodeOverrides overrides, TargetChoice choice) {
        Optional<List<Integer>> named = overrides.highBandwidthNodes();
        if (named.isPresent()) {
            Optional<Unavailable> refusal = NamedNodes.refuse(VARIABLE, named.get(), machine);
            return refusal.isPresent()
                    ? refusal.get()
                    : ClosestNodes.select(machine, named.get().stream().sorted().toList(), choice, TIE_REMEDY);
        }
        if (XeonPhi.is(machine.topology().processor())) {
            return ofKnights(machine, choice);
        }
        long thresholdMiBps = overrides.highBandwidthThresholdMiBps().orElse(DEFAULT_THRESHOLD_MIBPS);
        return FastNodes.select(machine, thresholdMiBps, choice, TIE_REMEDY);
    }

    private static Selection ofKnights(Machine machine, TargetChoice choice) {
        Optional<KnightsLayout> layout = KnightsLayout.of(machine.topology());
        if (layout.isEmpty()) {
            List<NumaNode> nodes = machine.topology().nodesWithMemory();
            long without = nodes.stream().filter(node -> node.cpus().isEmpty()).count();
            return new Unavailable(
                    SelectionError.UNAVAILABLE,
                    "a Xeon Phi with high-bandwidth nodes has 2, 4 or 8 nodes, half of them without processors; this one"
                            + " has " + nodes.size() + ", " + without + " of them without processors",
                    "set the memory mode to flat in the firmware, or name the nodes in " + VARIABLE);
        }
        List<Integer> fast = layout.get().fastNodes();
        List<Integer> usable = fast.stream().filter(machine::isUsable).toList();
        return usable.isEmpty()
                ? new Unavailable(
                        SelectionError.UNAVAILABLE,
                        "this process may not use the high-bandwidth " + NodeText.nodes(fast),
                        "let the process use them (cpuset.mems of its control group)")
                : ClosestNodes.select(machine, usable, choice, TIE_REMEDY);
    }
}
