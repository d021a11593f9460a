package io.memkind.internal.select;

import static io.memkind.internal.select.Outcomes.targets;
import static io.memkind.internal.select.Outcomes.unavailable;
import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.locality.Machines;
import io.memkind.internal.select.Selection.Unavailable;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LocalNodesTest {
    /* Nodes 0, 1 and 2 are local to the same processors; node 2 is the farthest of them. */
    private static Machines socket(long mib0, long mib1, long mib2) {
        return Machines.empty()
                .node(0, "0-1", mib0)
                .node(1, "", mib1)
                .node(2, "", mib2)
                .node(3, "2-3", 64)
                .distances(10, 17, 28, 20, 17, 10, 30, 30, 28, 30, 10, 30, 20, 30, 30, 10)
                .access(0, List.of(0), 100, 70)
                .access(1, List.of(0), 100, 70)
                .access(2, List.of(0), 100, 70)
                .access(3, List.of(3), 100, 70);
    }

    @Test
    void theLargestLocalNode() {
        assertThat(targets(NodeRule.LOCAL_CAPACITY, socket(4, 9, 8).build())).isEqualTo("{0=[1], 3=[3]}");
    }

    @Test
    void ofEquallyLargeNodesTheFartherOne() {
        assertThat(targets(NodeRule.LOCAL_CAPACITY, socket(8, 8, 8).build())).isEqualTo("{0=[2], 3=[3]}");
        assertThat(targets(NodeRule.LOCAL_CAPACITY, socket(8, 8, 4).build())).isEqualTo("{0=[1], 3=[3]}");
    }

    @Test
    void ofNodesEquallyLargeAndFarTheFirst() {
        Machines machine = socket(4, 8, 8).distance(0, 2, 17);
        assertThat(targets(NodeRule.LOCAL_CAPACITY, machine.build())).isEqualTo("{0=[1], 3=[3]}");
    }

    @Test
    void theLocalNodeOfMostBandwidth() {
        Machines machine = socket(4, 4, 4).access(1, List.of(0), 200, 70);
        assertThat(targets(NodeRule.LOCAL_BANDWIDTH, machine.build())).isEqualTo("{0=[1], 3=[3]}");
    }

    @Test
    void ofEquallyWideNodesTheSmallerOne() {
        assertThat(targets(NodeRule.LOCAL_BANDWIDTH, socket(8, 4, 9).build())).isEqualTo("{0=[1], 3=[3]}");
        assertThat(targets(NodeRule.LOCAL_BANDWIDTH, socket(8, 4, 4).build())).isEqualTo("{0=[1], 3=[3]}");
    }

    @Test
    void theLocalNodeOfLeastLatency() {
        Machines machine = socket(4, 4, 4).access(2, List.of(0), 100, 60);
        assertThat(targets(NodeRule.LOCAL_LATENCY, machine.build())).isEqualTo("{0=[2], 3=[3]}");
    }

    @Test
    void ofEquallyQuickNodesTheSmallerOne() {
        assertThat(targets(NodeRule.LOCAL_LATENCY, socket(8, 9, 4).build())).isEqualTo("{0=[2], 3=[3]}");
        assertThat(targets(NodeRule.LOCAL_LATENCY, socket(4, 4, 4).build())).isEqualTo("{0=[0], 3=[3]}");
    }

    @Test
    void aNodeWithoutAValueIsPassedOver() {
        Machines machine = socket(8, 4, 2).access(2, List.of(0), Machines.UNKNOWN, Machines.UNKNOWN);
        assertThat(targets(NodeRule.LOCAL_BANDWIDTH, machine.build())).isEqualTo("{0=[1], 3=[3]}");
        assertThat(targets(NodeRule.LOCAL_LATENCY, machine.build())).isEqualTo("{0=[1], 3=[3]}");
        assertThat(targets(NodeRule.LOCAL_CAPACITY, machine.build())).isEqualTo("{0=[0], 3=[3]}");
    }

    @Test
    void aNodeWithoutMemoryIsPassedOver() {
        assertThat(targets(NodeRule.LOCAL_CAPACITY, socket(1, 0, 0).build())).isEqualTo("{0=[0], 3=[3]}");
        assertThat(targets(NodeRule.LOCAL_BANDWIDTH, socket(8, 0, 0).build())).isEqualTo("{0=[0], 3=[3]}");
    }

    @Test
    void aNodeThatMayNotBeUsedIsPassedOver() {
        assertThat(targets(
                        NodeRule.LOCAL_CAPACITY,
                        socket(4, 9, 8).allowed(0, 2, 3).build()))
                .isEqualTo("{0=[2], 3=[3]}");
    }

    @Test
    void aNodeSharedBySocketsIsLocalToNone() {
        Machines machine = socket(4, 9, 8).access(1, List.of(0, 3), 100, 70);
        assertThat(targets(NodeRule.LOCAL_CAPACITY, machine.build())).isEqualTo("{0=[2], 3=[3]}");
    }

    @Test
    void oneInitiatorWithoutAValueDisablesAll() {
        Machines machine = socket(4, 4, 4).access(3, List.of(3), Machines.UNKNOWN, Machines.UNKNOWN);
        Unavailable refusal = unavailable(NodeRule.LOCAL_BANDWIDTH, machine.build());
        assertThat(refusal.error()).isEqualTo(SelectionError.MEMTYPE_NOT_AVAILABLE);
        assertThat(refusal.reason())
                .isEqualTo("the firmware tells no bandwidth of the memory local to node 3 (node 3)");
        assertThat(unavailable(NodeRule.LOCAL_LATENCY, machine.build()).reason())
                .isEqualTo("the firmware tells no latency of the memory local to node 3 (node 3)");
        assertThat(targets(NodeRule.LOCAL_BANDWIDTH, machine.allowed(0, 1, 2).build()))
                .isEqualTo("{0=[0]}");
    }

    @Test
    void sizesMustBeKnown() {
        Unavailable refusal = unavailable(
                NodeRule.LOCAL_CAPACITY, Machines.empty().node(0, "0", 0).build());
        assertThat(refusal.error()).isEqualTo(SelectionError.MEMTYPE_NOT_AVAILABLE);
        assertThat(refusal.reason()).isEqualTo("the kernel tells no size of the memory local to node 0 (node 0)");
    }

    @Test
    void noInitiatorHasAnything() {
        Machines machine = Machines.empty().node(0, "0", 0).node(1, "", 4);
        assertThat(unavailable(NodeRule.LOCAL_CAPACITY, machine.build()).reason())
                .isEqualTo("no node with processors has local memory of known capacity that this process may use");
    }
}
