package io.memkind.internal.select;

import static io.memkind.internal.select.Outcomes.daxNodes;
import static io.memkind.internal.select.Outcomes.hbwNodes;
import static io.memkind.internal.select.Outcomes.targets;
import static io.memkind.internal.select.Outcomes.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.locality.Machines;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Nodes from a list: named by the user, of a Xeon Phi, of DAX devices. */
final class ClosestNodesTest {
    /* Nodes 2 and 3 are equally far from node 0, node 3 is closer to node 1. */
    private static Machines machine() {
        return Machines.empty()
                .node(0, "0-1", 4)
                .node(1, "2-3", 4)
                .node(2, "", 2)
                .node(3, "", 2)
                .distances(10, 20, 31, 31, 20, 10, 31, 17, 31, 31, 10, 40, 31, 17, 40, 10);
    }

    @Test
    void keepsAllOfTheClosest() {
        assertThat(targets(NodeSelector.select(NodeRule.HBW, machine().build(), hbwNodes(2, 3))))
                .isEqualTo("{0=[2, 3], 1=[3]}");
    }

    @Test
    void keepsEveryNodeForTheAllKinds() {
        assertThat(targets(NodeSelector.select(NodeRule.HBW_ALL, machine().build(), hbwNodes(3, 2))))
                .isEqualTo("{0=[2, 3], 1=[2, 3]}");
    }

    @Test
    void aTieFromAnyInitiatorRefusesThePreferringKind() {
        Unavailable refusal =
                unavailable(NodeSelector.select(NodeRule.HBW_SINGLE, machine().build(), hbwNodes(2, 3)));
        assertThat(refusal.error()).isEqualTo(SelectionError.RUNTIME);
        assertThat(refusal.reason())
                .isEqualTo("nodes 2 and 3 are equally near to node 0 (distance 31): a preferred kind needs one");
        assertThat(refusal.remedy()).contains("MEMKIND_HBW_NODES").contains("memkind_hbw,");
        assertThat(targets(NodeSelector.select(NodeRule.HBW_SINGLE, machine().build(), hbwNodes(3))))
                .isEqualTo("{0=[3], 1=[3]}");
    }

    @Test
    void aNodeCanBeItsOwnTarget() {
        assertThat(targets(NodeSelector.select(NodeRule.HBW_SINGLE, machine().build(), hbwNodes(0, 1))))
                .isEqualTo("{0=[0], 1=[1]}");
    }

    @Test
    void withoutDistancesAllNodesAreClosest() {
        Topology topology =
                Machines.empty().node(0, "0", 4).node(1, "", 4).node(2, "", 4).build();
        assertThat(targets(NodeSelector.select(NodeRule.HBW, topology, hbwNodes(1, 2))))
                .isEqualTo("{0=[1, 2]}");
        assertThat(targets(NodeSelector.select(NodeRule.HBW, topology, hbwNodes(0, 1))))
                .isEqualTo("{0=[0]}");
        assertThat(unavailable(NodeSelector.select(NodeRule.HBW_SINGLE, topology, hbwNodes(1, 2)))
                        .reason())
                .isEqualTo(
                        "the kernel does not tell which of nodes 1 and 2 is closest to node 0: a preferred kind needs"
                                + " one");
    }

    @ParameterizedTest
    @EnumSource(
            value = NodeRule.class,
            names = {"HBW", "HBW_SINGLE", "HBW_ALL"})
    void anEmptyListIsRefused(NodeRule rule) {
        Unavailable refusal = unavailable(NodeSelector.select(rule, machine().build(), hbwNodes()));
        assertThat(refusal.error()).isEqualTo(SelectionError.UNAVAILABLE);
        assertThat(refusal.reason()).isEqualTo("MEMKIND_HBW_NODES is empty: it names no node");
        assertThat(refusal.remedy()).isEqualTo("name some of nodes 0, 1, 2 and 3 in MEMKIND_HBW_NODES, or unset it");
    }

    @Test
    void nodesThatAreNotThereAreRefused() {
        Unavailable refusal =
                unavailable(NodeSelector.select(NodeRule.HBW, machine().build(), hbwNodes(2, 7, 9)));
        assertThat(refusal.error()).isEqualTo(SelectionError.ENVIRON);
        assertThat(refusal.reason())
                .isEqualTo("MEMKIND_HBW_NODES names nodes 7 and 9, which this machine does not have");
    }

    @Test
    void nodesThatTheProcessMayNotUseAreRefused() {
        Unavailable refusal = unavailable(NodeSelector.select(
                NodeRule.DAX_KMEM, machine().allowed(0, 1, 2).build(), daxNodes(2, 3)));
        assertThat(refusal.error()).isEqualTo(SelectionError.ENVIRON);
        assertThat(refusal.reason())
                .isEqualTo("MEMKIND_DAX_KMEM_NODES names node 3, which has no memory that this process may use");
        assertThat(refusal.remedy()).isEqualTo("name some of nodes 0, 1 and 2 in MEMKIND_DAX_KMEM_NODES, or unset it");
    }

    @Test
    void aListGoesBeforeTheProcessorAndBeforeBandwidths() {
        Machines knights = machine().intel(6, 0x57);
        assertThat(targets(NodeRule.HBW_ALL, knights.build())).isEqualTo("{0=[2, 3], 1=[2, 3]}");
        assertThat(targets(NodeSelector.select(NodeRule.HBW_ALL, knights.build(), hbwNodes(1))))
                .isEqualTo("{0=[1], 1=[1]}");
    }

    @Test
    void aXeonPhiOfAnotherLayoutIsRefused() {
        Unavailable refusal = unavailable(
                NodeRule.HBW,
                Machines.empty().node(0, "0", 4).node(1, "1", 4).intel(6, 0x85).build());
        assertThat(refusal.error()).isEqualTo(SelectionError.UNAVAILABLE);
        assertThat(refusal.reason())
                .isEqualTo("a Xeon Phi with high-bandwidth nodes has 2, 4 or 8 nodes, half of them without processors;"
                        + " this one has 2, 0 of them without processors");
    }

    @Test
    void onAXeonPhiOnlyAllowedNodesAreTargets() {
        Machines knights = machine().intel(6, 0x57);
        assertThat(targets(NodeRule.HBW, knights.allowed(0, 1, 3).build())).isEqualTo("{0=[3], 1=[3]}");
        assertThat(unavailable(NodeRule.HBW, knights.allowed(0, 1).build()).reason())
                .isEqualTo("this process may not use the high-bandwidth nodes 2 and 3");
    }

    @Test
    void noProcessorsAtAll() {
        Topology topology = Machines.empty().node(0, "", 4).build();
        assertThat(unavailable(NodeSelector.select(NodeRule.HBW, topology, hbwNodes(0)))
                        .reason())
                .isEqualTo("no node of this machine has processors, so none is closest to any");
    }

    @Test
    void daxDevicesInSystemRamModeAreTheSource() {
        Machines machine = machine().dax("dax0.0", 2, true).dax("dax1.0", 3, false);
        assertThat(targets(NodeRule.DAX_KMEM, machine.build())).isEqualTo("{0=[2], 1=[2]}");
        machine.dax("dax1.1", 3, true).dax("dax1.2", 3, true);
        assertThat(targets(NodeRule.DAX_KMEM, machine.build())).isEqualTo("{0=[2, 3], 1=[3]}");
        assertThat(targets(NodeRule.DAX_KMEM_ALL, machine.build())).isEqualTo("{0=[2, 3], 1=[2, 3]}");
        Unavailable tie = unavailable(NodeRule.DAX_KMEM_SINGLE, machine.build());
        assertThat(tie.error()).isEqualTo(SelectionError.RUNTIME);
        assertThat(tie.remedy()).contains("MEMKIND_DAX_KMEM_NODES").contains("memkind_dax_kmem,");
    }

    @Test
    void aListGoesBeforeTheDevices() {
        Topology topology = machine().dax("dax0.0", 2, true).build();
        assertThat(targets(NodeSelector.select(NodeRule.DAX_KMEM, topology, daxNodes(3))))
                .isEqualTo("{0=[3], 1=[3]}");
    }

    @Test
    void tellsWhatKeepsTheDevicesFromBeingUsed() {
        assertThat(unavailable(NodeRule.DAX_KMEM, machine().build()).reason())
                .isEqualTo("there is no DAX device in /sys/bus/dax/devices");
        Unavailable offMode =
                unavailable(NodeRule.DAX_KMEM, machine().dax("dax0.0", 2, false).build());
        assertThat(offMode.error()).isEqualTo(SelectionError.UNAVAILABLE);
        assertThat(offMode.reason())
                .isEqualTo("no DAX device gives this process system memory: dax0.0 is not in system-ram mode");
        assertThat(offMode.remedy()).isEqualTo("daxctl reconfigure-device --mode=system-ram dax0.0");
        Unavailable offline = unavailable(
                NodeRule.DAX_KMEM,
                machine().dax("dax0.0", 8, true).dax("dax1.0", -1, true).build());
        assertThat(offline.reason())
                .isEqualTo("no DAX device gives this process system memory: dax0.0 is node 8, which has no memory that"
                        + " this process may use and dax1.0 is of an unknown node");
        assertThat(offline.remedy()).startsWith("bring the memory of the devices online");
    }
}
