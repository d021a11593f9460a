package io.memkind.internal.locality;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.topology.NodeClass;
import io.memkind.topology.NodeClassifier;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.NodeVerdict;
import io.memkind.topology.Topology;
import io.memkind.topology.XeonPhi;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class KnightsLayoutTest {
    /* Sub-NUMA clusters, the fast nodes numbered the other way round. */
    private static Machines snc2() {
        return Machines.empty()
                .node(0, "0-1", 4)
                .node(1, "2-3", 4)
                .node(2, "", 1)
                .node(3, "", 1)
                .distances(10, 21, 41, 31, 21, 10, 31, 41, 41, 31, 10, 41, 31, 41, 41, 10);
    }

    @ParameterizedTest
    @CsvSource({
        "GenuineIntel, 6, 87, true",
        "GenuineIntel, 6, 133, true",
        "GenuineIntel, 6, 85, false",
        "GenuineIntel, 15, 133, false",
        "AuthenticAMD, 6, 133, false"
    })
    void isKnownByItsProcessor(String vendor, int family, int model, boolean knights) {
        Topology topology = snc2().processor(vendor, family, model).build();
        assertThat(XeonPhi.is(topology.processor())).isEqualTo(knights);
        assertThat(KnightsLayout.of(topology).isPresent()).isEqualTo(knights);
    }

    @Test
    void pairsEachNodeWithTheFastOneBesideIt() {
        KnightsLayout layout = KnightsLayout.of(snc2().intel(6, 0x57).build()).orElseThrow();
        assertThat(layout.fastNodes()).containsExactly(2, 3);
        assertThat(layout.fastNodeByNode()).isEqualTo(Map.of(0, 3, 1, 2));
    }

    @Test
    void itsNodesAreNearToEachOtherAndHaveTheBandwidthOfTheirPartOfTheChip() {
        List<PlacedNode> nodes = Localities.of(snc2().intel(6, 0x57).build());
        assertThat(nodes).extracting(PlacedNode::id).containsExactly(0, 3, 1, 2);
        assertThat(nodes.get(1).isLocalTo(nodes.get(0))).isTrue();
        assertThat(nodes.get(0).bandwidthMiBpsFrom(nodes.get(0))).hasValue(45_000);
        assertThat(nodes.get(1).bandwidthMiBpsFrom(nodes.get(0))).hasValue(180_000);
        assertThat(nodes.get(1).bandwidthMiBpsFrom(nodes.get(2))).isEmpty();
        assertThat(nodes.get(1).latencyNanosFrom(nodes.get(0))).isEmpty();
    }

    @Test
    void withoutDistancesThereAreNoPairs() {
        Topology topology = Machines.empty()
                .node(0, "0", 4)
                .node(1, "1", 4)
                .node(2, "", 1)
                .node(3, "", 1)
                .intel(6, 0x85)
                .build();
        assertThat(KnightsLayout.of(topology).orElseThrow().fastNodeByNode()).isEmpty();
        assertThat(Localities.of(topology))
                .allSatisfy(node -> assertThat(node.bandwidthMiBpsFrom(node)).isEmpty());
    }

    @Test
    void otherNumbersOfNodesAreNoLayout() {
        assertThat(KnightsLayout.of(
                        Machines.empty().node(0, "0", 4).intel(6, 0x85).build()))
                .isEmpty();
        assertThat(KnightsLayout.of(Machines.empty()
                        .node(0, "0", 4)
                        .node(1, "1", 4)
                        .intel(6, 0x85)
                        .build()))
                .isEmpty();
        assertThat(KnightsLayout.of(Machines.empty()
                        .node(0, "0", 4)
                        .node(1, "", 4)
                        .node(2, "", 4)
                        .intel(6, 0x85)
                        .build()))
                .isEmpty();
    }

    @Test
    void nodesWithoutMemoryDoNotCount() {
        Topology topology =
                snc2().node(9, "", 0).node(10, "7", 0).intel(6, 0x85).build();
        assertThat(KnightsLayout.of(topology).orElseThrow().fastNodes()).containsExactly(2, 3);
        assertThat(NodeClassifier.classify(topology, NodeOverrides.NONE))
                .filteredOn(verdict -> verdict.nodeClass() == NodeClass.HIGH_BANDWIDTH)
                .extracting(NodeVerdict::node)
                .containsExactly(2, 3);
    }
}
