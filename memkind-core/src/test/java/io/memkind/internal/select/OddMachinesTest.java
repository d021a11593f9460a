package io.memkind.internal.select;

import static io.memkind.internal.select.Outcomes.select;
import static io.memkind.internal.select.Outcomes.targets;
import static io.memkind.internal.select.Outcomes.unavailable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.internal.locality.Machines;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class OddMachinesTest {
    @ParameterizedTest
    @EnumSource(
            value = NodeRule.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ANY"})
    void aKernelWithoutNuma(NodeRule rule) {
        Unavailable refusal = unavailable(rule, Machines.empty().build());
        assertThat(refusal.error()).isEqualTo(SelectionError.UNAVAILABLE);
        assertThat(refusal.reason()).contains("/sys/devices/system/node");
        assertThat(refusal.remedy()).contains("CONFIG_NUMA");
    }

    @Test
    void aKernelWithoutNumaHasOrdinaryMemory() {
        Nodes nodes = (Nodes) select(NodeRule.ANY, Machines.empty().build());
        assertThat(nodes.union()).isEmpty();
        assertThat(nodes.isUniform()).isTrue();
        assertThat(nodes.targetsFrom(0)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            value = NodeRule.class,
            mode = EnumSource.Mode.EXCLUDE,
            names = {"ANY"})
    void aProcessThatMayUseNoNode(NodeRule rule) {
        Topology topology =
                Machines.empty().node(0, "0", 4).node(3, "", 0).allowed(3).build();
        Unavailable refusal = unavailable(rule, topology);
        assertThat(refusal.error()).isEqualTo(SelectionError.UNAVAILABLE);
        assertThat(refusal.reason()).isEqualTo("of nodes 0 and 3 none has memory that this process may use");
    }

    @Test
    void aSingleNode() {
        Topology topology = Machines.empty()
                .node(0, "0-1", 4)
                .distances(10)
                .access(0, List.of(0), 999_999, 70)
                .build();
        for (NodeRule rule : NodeRule.values()) {
            if (rule.name().startsWith("DAX_KMEM")) {
                assertThat(unavailable(rule, topology).error()).isEqualTo(SelectionError.UNAVAILABLE);
            } else {
                assertThat(targets(rule, topology)).as("%s", rule).isEqualTo("{0=[0]}");
            }
        }
    }

    @Test
    void sparseIds() {
        Topology topology = Machines.empty()
                .node(3, "4-7", 4)
                .node(8, "0-3", 4)
                .node(250, "", 16)
                .distances(10, 40, 80, 40, 10, 60, 80, 60, 10)
                .dax("dax0.0", 250, true)
                .build();
        assertThat(targets(NodeRule.WITH_PROCESSORS, topology)).isEqualTo("{3=[3, 8], 8=[3, 8]}");
        assertThat(targets(NodeRule.ALLOWED, topology)).isEqualTo("{3=[3, 8, 250], 8=[3, 8, 250]}");
        assertThat(targets(NodeRule.DAX_KMEM_SINGLE, topology)).isEqualTo("{3=[250], 8=[250]}");
        assertThat(targets(NodeRule.HIGHEST_CAPACITY_SINGLE, topology)).isEqualTo("{3=[250], 8=[250]}");
        assertThat(targets(NodeRule.LOCAL_CAPACITY, topology)).isEqualTo("{3=[3], 8=[250]}");
    }

    @Test
    void nodesWithoutMemoryAreNoTargets() {
        Topology topology = Machines.empty()
                .node(0, "0", 0)
                .node(1, "1", 4)
                .node(2, "", 0)
                .node(3, "", 4)
                .build();
        assertThat(targets(NodeRule.WITH_PROCESSORS, topology)).isEqualTo("{0=[1], 1=[1]}");
        assertThat(targets(NodeRule.ALLOWED, topology)).isEqualTo("{0=[1, 3], 1=[1, 3]}");
        assertThat(targets(NodeRule.ANY, topology)).isEqualTo("{0=[1, 3], 1=[1, 3]}");
    }

    @Test
    void whereNoSizeIsToldAllNodesAreTargets() {
        Topology topology = Machines.empty().node(0, "0", 0).node(1, "", 0).build();
        assertThat(targets(NodeRule.WITH_PROCESSORS, topology)).isEqualTo("{0=[0]}");
        assertThat(targets(NodeRule.ALLOWED, topology)).isEqualTo("{0=[0, 1]}");
    }

    @Test
    void processorsWithoutMemory() {
        Unavailable refusal = unavailable(
                NodeRule.WITH_PROCESSORS,
                Machines.empty().node(0, "0", 0).node(1, "", 4).build());
        assertThat(refusal.error()).isEqualTo(SelectionError.UNAVAILABLE);
        assertThat(refusal.reason())
                .isEqualTo("no node with processors has memory that this process may use: that is on node 1 only");
    }

    @Test
    void aTargetOutsideTheUnionIsRefused() {
        assertThatThrownBy(() -> new Nodes(new TreeMap<>(Map.of(0, List.of(1, 2))), List.of(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("targets [1, 2] are not all in the union [1]");
    }

    @Test
    void manyNodesAreNamedInPart() {
        assertThat(NodeText.nodes(Machines.numbers("0-11"))).isEqualTo("nodes 0, 1, 2, 3, 4, 5, 6, 7 and 4 more");
        assertThat(NodeText.nodes(List.of(4))).isEqualTo("node 4");
        assertThat(NodeText.nodes(List.of())).isEqualTo("no node");
    }
}
