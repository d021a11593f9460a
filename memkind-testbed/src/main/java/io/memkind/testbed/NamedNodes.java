package io.memkind.testbed;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.attribute.NodePolicy;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** Kinds over nodes that the caller names: each node by itself, and all of them, under every policy that can be. */
record NamedNodes() implements Scenario {
    @Override
    public void play(Machine machine, ExpectedRun run, Checks checks) {
        SortedSet<Integer> all = machine.facts().nodesWithMemory();
        for (int node : all) {
            SortedSet<Integer> one = new TreeSet<>(List.of(node));
            look(machine, one, NodePolicy.BIND, PolicyMode.BIND, checks);
            look(machine, one, NodePolicy.PREFERRED, PolicyMode.PREFERRED, checks);
        }
        look(machine, all, NodePolicy.BIND, PolicyMode.BIND, checks);
        look(machine, all, NodePolicy.INTERLEAVE, PolicyMode.INTERLEAVE, checks);
        if (all.size() > 1) {
            /* The two that are farthest from node 0 by number: those without processors, if there are any. */
            SortedSet<Integer> last = new TreeSet<>(
                    all.headSet(all.last()).tailSet(all.headSet(all.last()).last()));
            last.add(all.last());
            look(machine, last, NodePolicy.PREFERRED_MANY, PolicyMode.PREFERRED_MANY, checks);
            look(machine, last, NodePolicy.INTERLEAVE, PolicyMode.INTERLEAVE, checks);
        }
    }

    private static void look(
            Machine machine, SortedSet<Integer> nodes, NodePolicy policy, PolicyMode mode, Checks checks) {
        int initiator = machine.facts().initiators().first();
        machine.runOn(initiator);
        try (MemoryKind kind = Kinds.onNodes(
                        nodes.stream().mapToInt(Integer::intValue).toArray())
                .policy(policy)
                .transparentHugePagesOff(policy == NodePolicy.INTERLEAVE)
                .build()) {
            checks.expect(
                    kind.name() + " " + policy + " from node " + initiator,
                    mode + " " + NodeLists.format(nodes),
                    PlacementCheck.mismatch(
                            new KindTraits(mode, 0), Probe.observe(kind), Optional.of(nodes), Optional.of(nodes)));
        }
    }
}
