package io.memkind.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Seeds;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.EnumMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/** The selector beside {@link SelectionOracle}. */
final class RandomMachinesTest {
    private static final int MACHINES = 4_000;

    @Test
    void agreeWithTheOracle() {
        Map<NodeRule, Integer> found = new EnumMap<>(NodeRule.class);
        Map<SelectionError, Integer> refused = new EnumMap<>(SelectionError.class);
        for (int run = 0; run < MACHINES; run++) {
            RandomMachines machines = new RandomMachines(Seeds.random(run));
            Topology topology = machines.topology();
            NodeOverrides overrides = machines.overrides();
            for (NodeRule rule : NodeRule.values()) {
                Selection selection = NodeSelector.select(rule, topology, overrides);
                String seed = Seeds.describe(run);
                Supplier<String> text =
                        () -> seed + ", " + rule + " of " + topology + " with " + overrides + ": " + selection;
                Object expected = SelectionOracle.select(rule, topology, overrides);
                if (selection instanceof Nodes nodes) {
                    assertThat((Object) nodes.targetsByInitiator()).as(text).isEqualTo(expected);
                    checkShape(nodes, topology);
                    found.merge(rule, 1, Integer::sum);
                } else {
                    Unavailable refusal = (Unavailable) selection;
                    assertThat((Object) refusal.error()).as(text).isEqualTo(expected);
                    assertThat(refusal.reason()).isNotBlank().doesNotEndWith(".");
                    assertThat(refusal.remedy()).isNotBlank().doesNotEndWith(".");
                    refused.merge(refusal.error(), 1, Integer::sum);
                }
            }
        }
        assertThat(found)
                .hasSize(NodeRule.values().length)
                .allSatisfy((rule, count) -> assertThat(count).as("%s", rule).isGreaterThan(MACHINES / 100));
        assertThat(refused.keySet())
                .containsExactlyInAnyOrder(
                        SelectionError.UNAVAILABLE,
                        SelectionError.ENVIRON,
                        SelectionError.MEMTYPE_NOT_AVAILABLE,
                        SelectionError.RUNTIME);
    }

    private static void checkShape(Nodes nodes, Topology topology) {
        nodes.targetsByInitiator().forEach((initiator, targets) -> {
            assertThat(targets).doesNotHaveDuplicates().isSorted();
            assertThat(nodes.union()).containsAll(targets);
        });
        assertThat(new TreeSet<>(topology.allowedNodes())).containsAll(nodes.union());
    }
}
