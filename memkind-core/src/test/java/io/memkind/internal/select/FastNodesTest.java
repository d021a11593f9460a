package io.memkind.internal.select;

import static io.memkind.internal.select.Outcomes.hbwThreshold;
import static io.memkind.internal.select.Outcomes.targets;
import static io.memkind.internal.select.Outcomes.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.locality.Machines;
import io.memkind.internal.select.Selection.Unavailable;
import java.util.List;
import org.junit.jupiter.api.Test;

/** High-bandwidth nodes by the bandwidth that the firmware tells. */
final class FastNodesTest {
    private static final long FAST = HighBandwidthNodes.DEFAULT_THRESHOLD_MIBPS;

    private static Machines machine() {
        return Machines.empty()
                .node(0, "0-1", 4)
                .node(1, "2-3", 4)
                .node(2, "", 2)
                .node(3, "", 2)
                .node(4, "", 2)
                .distances(
                        10, 20, 31, 31, 28, //
                        20, 10, 31, 31, 28, //
                        31, 31, 10, 31, 31, //
                        31, 31, 31, 10, 31, //
                        28, 28, 31, 31, 10)
                .access(0, List.of(0), FAST - 1, 70)
                .access(1, List.of(1), FAST - 1, 70);
    }

    @Test
    void theThresholdItselfIsEnough() {
        Machines machine = machine().access(2, List.of(0), FAST, 90).access(3, List.of(1), FAST, 90);
        assertThat(targets(NodeRule.HBW, machine.build())).isEqualTo("{0=[2], 1=[3]}");
        assertThat(targets(NodeRule.HBW_SINGLE, machine.build())).isEqualTo("{0=[2], 1=[3]}");
    }

    @Test
    void theClosestOfTheFastNodesAreKeptAndTiesToo() {
        Machines machine = machine().access(2, List.of(0, 1), FAST, 90).access(3, List.of(0, 1), FAST + 5, 90);
        assertThat(targets(NodeRule.HBW, machine.build())).isEqualTo("{0=[2, 3], 1=[2, 3]}");
        Unavailable tie = unavailable(NodeRule.HBW_SINGLE, machine.build());
        assertThat(tie.error()).isEqualTo(SelectionError.RUNTIME);
        assertThat(tie.reason())
                .isEqualTo("nodes 2 and 3 are equally near to node 0 (distance 31): a preferred kind needs one");
        machine.access(4, List.of(0, 1), FAST, 90);
        assertThat(targets(NodeRule.HBW, machine.build())).isEqualTo("{0=[4], 1=[4]}");
        assertThat(targets(NodeRule.HBW_SINGLE, machine.build())).isEqualTo("{0=[4], 1=[4]}");
        assertThat(targets(NodeRule.HBW_ALL, machine.build())).isEqualTo("{0=[2, 3, 4], 1=[2, 3, 4]}");
    }

    @Test
    void oneInitiatorWithoutAFastNodeDisablesAll() {
        Unavailable refusal = unavailable(
                NodeRule.HBW_ALL, machine().access(2, List.of(0), FAST, 90).build());
        assertThat(refusal.error()).isEqualTo(SelectionError.MEMTYPE_NOT_AVAILABLE);
        assertThat(refusal.reason()).isEqualTo("no node reaches 204800 MiB/s from node 1: node 1 has 204799 MiB/s");
        assertThat(refusal.remedy())
                .isEqualTo("lower MEMKIND_HBW_THRESHOLD to 204799 or less, or name the high-bandwidth nodes in"
                        + " MEMKIND_HBW_NODES");
    }

    @Test
    void anInitiatorWithoutUsableMemoryDisablesNothing() {
        Machines machine = machine().access(2, List.of(0), FAST, 90);
        assertThat(targets(NodeRule.HBW, machine.allowed(0, 2).build())).isEqualTo("{0=[2]}");
        Selection.Nodes nodes = (Selection.Nodes)
                Outcomes.select(NodeRule.HBW, machine.allowed(0, 2).build());
        assertThat(nodes.targetsFrom(1)).containsExactly(2);
        Machines memoryless = machine().node(1, "2-3", 0).access(2, List.of(0), FAST, 90);
        assertThat(targets(NodeRule.HBW, memoryless.build())).isEqualTo("{0=[2]}");
        memoryless.access(3, List.of(1), FAST, 90);
        assertThat(targets(NodeRule.HBW, memoryless.build())).isEqualTo("{0=[2], 1=[3]}");
    }

    @Test
    void noBandwidthIsTold() {
        Unavailable refusal = unavailable(
                NodeRule.HBW, Machines.empty().node(0, "0", 4).node(1, "", 4).build());
        assertThat(refusal.error()).isEqualTo(SelectionError.MEMTYPE_NOT_AVAILABLE);
        assertThat(refusal.reason())
                .isEqualTo("the firmware tells no bandwidth of any node for the processors of node 0, so none is known"
                        + " to reach 204800 MiB/s");
        assertThat(refusal.remedy()).contains("MEMKIND_HBW_NODES").contains("memkind topology --measure");
    }

    @Test
    void aThresholdOfZeroStillNeedsAValue() {
        Machines machine = Machines.empty().node(0, "0", 4);
        assertThat(unavailable(NodeSelector.select(NodeRule.HBW, machine.build(), hbwThreshold(0)))
                        .error())
                .isEqualTo(SelectionError.MEMTYPE_NOT_AVAILABLE);
        machine.access(0, List.of(0), 1, 1);
        assertThat(targets(NodeSelector.select(NodeRule.HBW, machine.build(), hbwThreshold(0))))
                .isEqualTo("{0=[0]}");
    }

    @Test
    void nodesThatShareTheirProcessorsShareTheirTargets() {
        Machines fake = Machines.empty()
                .node(0, "0-1", 4)
                .node(1, "0-1", 4)
                .access(0, List.of(0), FAST, 90)
                .access(1, List.of(1), FAST - 7, 90);
        assertThat(targets(NodeRule.HBW, fake.build())).isEqualTo("{0=[0], 1=[0]}");
    }
}
