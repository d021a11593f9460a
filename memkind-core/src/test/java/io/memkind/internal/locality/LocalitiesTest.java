package io.memkind.internal.locality;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class LocalitiesTest {
    /* Such as "0{0, 1} 2{0, 1}". */
    private static String text(Topology topology) {
        List<String> parts = new ArrayList<>();
        Localities.of(topology).forEach(node -> parts.add(node.id() + "" + node.locality()));
        return String.join(" ", parts);
    }

    private static PlacedNode node(Topology topology, int id) {
        return Localities.of(topology).stream()
                .filter(node -> node.id() == id)
                .findFirst()
                .orElseThrow();
    }

    private static Machines twoSockets() {
        return Machines.empty().node(0, "0-1", 1).node(1, "2-3", 1).node(2, "", 1);
    }

    @Test
    void aNodeWithProcessorsIsNearToThem() {
        assertThat(text(Machines.empty().node(0, "0-1", 1).node(1, "2-3", 1).build()))
                .isEqualTo("0{0, 1} 1{2, 3}");
    }

    @Test
    void aNodeWithoutProcessorsIsNearToThoseOfItsInitiators() {
        Machines machine = twoSockets().distances(10, 20, 17, 20, 10, 28, 17, 28, 10);
        assertThat(text(machine.access(2, List.of(1), 1, 1).build())).isEqualTo("0{0, 1} 1{2, 3} 2{2, 3}");
    }

    @Test
    void accessClassOneGoesBeforeClassZero() {
        Machines machine = twoSockets().access(0, 2, List.of(0), 5, 5, 5, 5);
        assertThat(text(machine.build())).isEqualTo("0{0, 1} 2{0, 1} 1{2, 3}");
        assertThat(node(machine.build(), 2).bandwidthMiBpsFrom(node(machine.build(), 0)))
                .hasValue(5);
        machine.access(1, 2, List.of(1), 7, 7, 7, 7);
        assertThat(text(machine.build())).isEqualTo("0{0, 1} 1{2, 3} 2{2, 3}");
        assertThat(node(machine.build(), 2).bandwidthMiBpsFrom(node(machine.build(), 0)))
                .isEmpty();
        assertThat(node(machine.build(), 2).bandwidthMiBpsFrom(node(machine.build(), 1)))
                .hasValue(7);
    }

    @Test
    void withoutInitiatorsTheLeastDistanceDecides() {
        assertThat(text(twoSockets()
                        .distances(10, 20, 28, 20, 10, 17, 28, 17, 10)
                        .build()))
                .isEqualTo("0{0, 1} 1{2, 3} 2{2, 3}");
    }

    @Test
    void initiatorsWithoutProcessorsDoNotCount() {
        Machines machine = twoSockets().distances(10, 20, 28, 20, 10, 17, 28, 17, 10);
        assertThat(text(machine.access(2, List.of(2, 9), 1, 1).build())).isEqualTo("0{0, 1} 1{2, 3} 2{2, 3}");
    }

    @Test
    void equalDistancesToAllTellNothing() {
        assertThat(text(twoSockets()
                        .distances(10, 20, 17, 20, 10, 17, 17, 17, 10)
                        .build()))
                .isEqualTo("0{0, 1} 1{2, 3} 2{}");
        assertThat(text(Machines.empty()
                        .node(0, "0-1", 1)
                        .node(1, "", 1)
                        .distances(10, 17, 17, 10)
                        .build()))
                .isEqualTo("0{0, 1} 1{}");
    }

    @Test
    void distancesTellNothingIfOneIsMissing() {
        Topology whole =
                twoSockets().distances(10, 20, 28, 20, 10, 17, 28, 17, 10).build();
        assertThat(text(whole)).endsWith("2{2, 3}");
        Machines gap = twoSockets().distance(2, 0, 28).distance(2, 1, 17).distance(2, 2, 10);
        assertThat(text(gap.build())).endsWith("2{}");
    }

    @Test
    void aNodeThatIsNotFartherThanItselfTellsNothing() {
        assertThat(text(twoSockets()
                        .distances(10, 20, 10, 20, 10, 28, 10, 28, 10)
                        .build()))
                .isEqualTo("0{0, 1} 1{2, 3} 2{}");
    }

    @Test
    void severalNearestNodesAddUp() {
        Topology topology = Machines.empty()
                .node(0, "0", 1)
                .node(1, "1", 1)
                .node(2, "2", 1)
                .node(3, "", 1)
                .distances(10, 20, 20, 17, 20, 10, 20, 17, 20, 20, 10, 28, 17, 17, 28, 10)
                .build();
        assertThat(text(topology)).isEqualTo("0{0} 1{1} 3{0, 1} 2{2}");
    }

    @Test
    void anInnerPlaceComesBeforeTheOuterOne() {
        Topology topology = Machines.empty()
                .node(0, "", 1)
                .node(1, "0-1", 1)
                .node(2, "2-3", 1)
                .access(0, List.of(1, 2), 1, 1)
                .build();
        assertThat(text(topology)).isEqualTo("1{0, 1} 2{2, 3} 0{0, 1, 2, 3}");
    }

    /* Node 3 hangs below the place of node 0, whose first processor comes before that of node 1. */
    @Test
    void aPlaceOfScatteredProcessorsKeepsItsInnerPlacesTogether() {
        Topology topology = Machines.empty()
                .node(0, "0-1", 1)
                .node(1, "2,5", 1)
                .node(3, "3-4", 1)
                .access(0, List.of(3), 1, 1)
                .build();
        assertThat(text(topology)).isEqualTo("3{3, 4} 0{0, 1, 3, 4} 1{2, 5}");
    }

    @Test
    void nodesOfOnePlaceComeByNumber() {
        Topology topology = Machines.empty()
                .node(3, "", 1)
                .node(5, "0-1", 1)
                .node(7, "", 1)
                .access(3, List.of(5), 1, 1)
                .access(7, List.of(5), 1, 1)
                .build();
        assertThat(text(topology)).isEqualTo("3{0, 1} 5{0, 1} 7{0, 1}");
    }

    @Test
    void aPlaceThatStraddlesAnotherIsWidenedButItsValuesAreNot() {
        Topology topology = Machines.empty()
                .node(0, "0", 1)
                .node(1, "1", 1)
                .node(2, "2", 1)
                .node(3, "", 1)
                .node(4, "", 1)
                .access(3, List.of(0, 1), 1, 1)
                .access(4, List.of(1, 2), 9, 1)
                .build();
        assertThat(text(topology)).isEqualTo("0{0} 1{1} 3{0, 1} 2{2} 4{0, 1, 2}");
        assertThat(node(topology, 4).bandwidthMiBpsFrom(node(topology, 1))).hasValue(9);
        assertThat(node(topology, 4).bandwidthMiBpsFrom(node(topology, 0))).isEmpty();
    }

    @Test
    void valuesHoldForTheProcessorsOfTheBestInitiatorsOnly() {
        Topology topology = twoSockets().access(2, List.of(0), 100, 50).build();
        PlacedNode far = node(topology, 2);
        assertThat(far.bandwidthMiBpsFrom(node(topology, 0))).hasValue(100);
        assertThat(far.latencyNanosFrom(node(topology, 0))).hasValue(50);
        assertThat(far.bandwidthMiBpsFrom(node(topology, 1))).isEmpty();
        assertThat(far.latencyNanosFrom(node(topology, 1))).isEmpty();
    }

    @Test
    void aNodeNearToNothingHasNoValues() {
        Topology topology = twoSockets().access(2, List.of(), 100, 50).build();
        for (int id = 0; id <= 2; id++) {
            assertThat(node(topology, 2).bandwidthMiBpsFrom(node(topology, id))).isEmpty();
            assertThat(node(topology, 2).isLocalTo(node(topology, id))).isFalse();
        }
    }

    @Test
    void aValueIsTheMeanOfBothDirectionsAndNeedsBoth() {
        assertThat(bandwidth(100, 51)).hasValue(75);
        assertThat(bandwidth(Long.MAX_VALUE, Long.MAX_VALUE - 2)).hasValue(Long.MAX_VALUE - 1);
        assertThat(bandwidth(100, Machines.UNKNOWN)).isEmpty();
        assertThat(bandwidth(Machines.UNKNOWN, 100)).isEmpty();
        assertThat(bandwidth(100, 0)).isEmpty();
    }

    private static OptionalLong bandwidth(long read, long write) {
        Topology topology = Machines.empty()
                .node(0, "0", 1)
                .access(1, 0, List.of(0), read, write, Machines.UNKNOWN, Machines.UNKNOWN)
                .build();
        PlacedNode node = node(topology, 0);
        return node.bandwidthMiBpsFrom(node);
    }

    @Test
    void fakeNodesOfOneSocketShareItsProcessors() {
        Topology topology = Machines.empty().node(0, "0-3", 1).node(1, "0-3", 1).build();
        assertThat(text(topology)).isEqualTo("0{0, 1, 2, 3} 1{0, 1, 2, 3}");
        BitSet seen = new BitSet();
        List<PlacedNode> nodes = Localities.of(topology);
        assertThat(nodes.get(0).addProcessorsTo(seen)).isTrue();
        assertThat(nodes.get(1).addProcessorsTo(seen)).isFalse();
        assertThat(nodes.get(1).isLocalTo(nodes.get(0))).isTrue();
        assertThat(nodes.get(1).isNear(3)).isTrue();
        assertThat(nodes.get(1).isNear(4)).isFalse();
    }

    @Test
    void noNodes() {
        assertThat(Localities.of(Machines.empty().build())).isEmpty();
        assertThat(text(Machines.empty().node(4, "", 1).build())).isEqualTo("4{}");
    }
}
