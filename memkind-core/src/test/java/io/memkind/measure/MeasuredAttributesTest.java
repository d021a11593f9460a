package io.memkind.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.memkind.internal.locality.Machines;
import io.memkind.internal.select.NodeRule;
import io.memkind.internal.select.NodeSelector;
import io.memkind.internal.select.Selection;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.topology.AccessAttributes;
import io.memkind.topology.AttributeOrigin;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class MeasuredAttributesTest {
    private final List<MeasuredPair> pairs = new ArrayList<>();

    private MeasuredAttributesTest pair(int from, int to, long mibps, long nanos) {
        pairs.add(new MeasuredPair(from, to, OptionalLong.of(mibps), OptionalLong.of(nanos), 1 << 28, 0, 4, 5, ""));
        return this;
    }

    private MeasuredAttributes measured() {
        return new MeasuredAttributes(Instant.EPOCH, pairs);
    }

    /* Two sockets, each with a node of fast memory beside it. */
    private static Machines twoSockets() {
        return Machines.empty()
                .node(0, "0-1", 4096)
                .node(1, "2-3", 4096)
                .node(2, "", 1024)
                .node(3, "", 1024)
                .distances(10, 20, 17, 28, 20, 10, 28, 17, 17, 28, 10, 28, 28, 17, 28, 10);
    }

    private MeasuredAttributes ofTwoSockets() {
        pairs.clear();
        return pair(0, 0, 100_000, 90)
                .pair(0, 1, 60_000, 140)
                .pair(0, 2, 300_000, 120)
                .pair(0, 3, 70_000, 190)
                .pair(1, 0, 61_000, 139)
                .pair(1, 1, 101_000, 91)
                .pair(1, 2, 71_000, 191)
                .pair(1, 3, 310_000, 121)
                .measured();
    }

    private static AccessAttributes only(Topology topology, int node) {
        List<AccessAttributes> access = topology.node(node).orElseThrow().access();
        assertThat(access).hasSize(1);
        return access.get(0);
    }

    private static AccessAttributes attributes(List<Integer> initiators, long mibps, long nanos) {
        return new AccessAttributes(
                1,
                initiators,
                OptionalLong.of(mibps),
                OptionalLong.empty(),
                OptionalLong.of(nanos),
                OptionalLong.empty(),
                AttributeOrigin.MEASURED);
    }

    @ParameterizedTest
    @EnumSource
    void fillInWhereTheFirmwareTellsNothing(Precedence precedence) {
        Topology topology = ofTwoSockets().applyTo(twoSockets().build(), precedence);

        assertThat(only(topology, 0)).isEqualTo(attributes(List.of(0), 100_000, 90));
        assertThat(only(topology, 1)).isEqualTo(attributes(List.of(1), 101_000, 91));
        assertThat(only(topology, 2)).isEqualTo(attributes(List.of(0), 300_000, 120));
        assertThat(only(topology, 3)).isEqualTo(attributes(List.of(1), 310_000, 121));
        assertThat(topology.withNodes(twoSockets().build().nodes()))
                .isEqualTo(twoSockets().build());
    }

    @Test
    void kindsGoByThemAsByTheFirmwares() {
        Topology bare = twoSockets().build();
        Topology topology = ofTwoSockets().applyTo(bare, Precedence.FIRMWARE_WINS);

        assertThat(select(NodeRule.HBW, bare)).isInstanceOf(Selection.Unavailable.class);
        assertThat(select(NodeRule.LOCAL_LATENCY, bare)).isInstanceOf(Selection.Unavailable.class);
        assertThat(select(NodeRule.HBW, topology)).isEqualTo(nodes(2, 3));
        assertThat(select(NodeRule.LOCAL_BANDWIDTH, topology)).isEqualTo(nodes(2, 3));
        assertThat(select(NodeRule.LOCAL_LATENCY, topology)).isEqualTo(nodes(0, 1));
    }

    private static Selection select(NodeRule rule, Topology topology) {
        return NodeSelector.select(rule, topology, NodeOverrides.NONE);
    }

    private static Selection nodes(int ofNode0, int ofNode1) {
        return new Nodes(new TreeMap<>(Map.of(0, List.of(ofNode0), 1, List.of(ofNode1))), List.of(ofNode0, ofNode1));
    }

    @Test
    void theFirmwareWinsForTheWholeMachine() {
        Topology topology = twoSockets().access(2, List.of(0), 250_000, 100).build();

        assertThat(ofTwoSockets().applyTo(topology, Precedence.FIRMWARE_WINS)).isSameAs(topology);
        assertThat(only(ofTwoSockets().applyTo(topology, Precedence.MEASURED_WINS), 2))
                .isEqualTo(attributes(List.of(0), 300_000, 120));
    }

    @Test
    void initiatorsWithoutValuesAreNoAnswerOfTheFirmwareButKept() {
        Topology topology = twoSockets()
                .access(2, List.of(0, 1), Machines.UNKNOWN, Machines.UNKNOWN)
                .build();

        assertThat(only(ofTwoSockets().applyTo(topology, Precedence.FIRMWARE_WINS), 2))
                .isEqualTo(attributes(List.of(0, 1), 71_000, 191));
    }

    @Test
    void valuesOfOneDirectionAreNoAnswerOfTheFirmware() {
        Topology topology = twoSockets()
                .access(1, 2, List.of(0), 250_000, Machines.UNKNOWN, Machines.UNKNOWN, 100)
                .build();

        assertThat(only(ofTwoSockets().applyTo(topology, Precedence.FIRMWARE_WINS), 2))
                .isEqualTo(attributes(List.of(0), 300_000, 120));
    }

    @Test
    void otherClassesStay() {
        Topology topology = twoSockets()
                .access(0, 2, List.of(9), 5, 5, 5, 5)
                .access(1, 2, List.of(0), 6, 6, 6, 6)
                .build();
        List<AccessAttributes> before = topology.node(2).orElseThrow().access();

        assertThat(ofTwoSockets()
                        .applyTo(topology, Precedence.MEASURED_WINS)
                        .node(2)
                        .orElseThrow()
                        .access())
                .containsExactly(before.get(0), attributes(List.of(0), 300_000, 120));
    }

    @Test
    void memoryEquallyNearToSeveralNodesHasTheWorseValues() {
        pair(0, 2, 50_000, 100).pair(1, 2, 40_000, 110);
        assertThat(only(measured().applyTo(twoSockets().build(), Precedence.FIRMWARE_WINS), 2))
                .isEqualTo(attributes(List.of(0, 1), 40_000, 110));

        pairs.clear();
        pair(0, 2, 50_000, 100).pair(1, 2, 40_000, 111);
        assertThat(only(measured().applyTo(twoSockets().build(), Precedence.FIRMWARE_WINS), 2))
                .isEqualTo(attributes(List.of(0), 50_000, 100));
    }

    @Test
    void aNodeWithProcessorsIsNearToItsOwnOnly() {
        pair(1, 0, 40_000, 110);
        pairs.add(MeasuredPair.unmeasured(0, 0, "cpuset"));
        Topology topology = measured().applyTo(twoSockets().build(), Precedence.MEASURED_WINS);

        assertThat(topology).isEqualTo(twoSockets().build());
    }

    @Test
    void withoutValuesNothingChanges() {
        Topology topology = twoSockets().build();
        pairs.add(MeasuredPair.unmeasured(0, 0, "no time"));

        assertThat(measured().applyTo(topology, Precedence.MEASURED_WINS)).isSameAs(topology);
        assertThat(measured().hasValues()).isFalse();
        assertThat(measured().pair(0, 0).map(MeasuredPair::reason)).hasValue("no time");
        assertThat(measured().pair(0, 1)).isEmpty();
    }

    @Test
    void anOlderMeasurementCompletesThePairsThatWereNotMeasured() {
        MeasuredAttributes older = pair(0, 0, 1, 1).pair(0, 1, 2, 2).measured();
        MeasuredPair ofOlder = pairs.get(1);
        pairs.clear();
        pair(0, 0, 3, 3);
        MeasuredPair fresh = pairs.get(0);
        MeasuredPair unknown = MeasuredPair.unmeasured(0, 2, "taskset");
        MeasuredAttributes newer =
                new MeasuredAttributes(Instant.MAX, List.of(fresh, MeasuredPair.unmeasured(0, 1, "cpuset"), unknown));

        assertThat(newer.completedBy(older))
                .isEqualTo(new MeasuredAttributes(Instant.MAX, List.of(fresh, ofOlder, unknown)));
    }

    @Test
    void pairsHaveValuesOrAReason() {
        assertThat(MeasuredPair.unmeasured(0, 1, " two\n lines\u0007 ").reason())
                .isEqualTo("two lines");
        assertThatIllegalArgumentException().isThrownBy(() -> MeasuredPair.unmeasured(0, 1, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> MeasuredPair.unmeasured(-1, 1, "x"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pair(0, 1, 0, 5))
                .withMessageContaining("node 0 to node 1: OptionalLong[0] MiB/s");
        OptionalLong one = OptionalLong.of(1);
        OptionalLong none = OptionalLong.empty();
        assertThatIllegalArgumentException().isThrownBy(() -> new MeasuredPair(0, 1, one, none, 1, 0, 1, 5, ""));
        assertThatIllegalArgumentException().isThrownBy(() -> new MeasuredPair(0, 1, one, one, 1, 0, 1, 5, "x"));
        assertThatIllegalArgumentException().isThrownBy(() -> new MeasuredPair(0, 1, one, one, 1, 0, -1, 5, ""));
    }

    @Test
    void nodesKeepAllElse() {
        NumaNode node = Topology.read().nodes().stream().findFirst().orElseGet(() -> new NumaNode(0, List.of(), 5, 3));
        AccessAttributes access = attributes(List.of(0), 1, 2);

        assertThat(node.withAccess(List.of(access)).access()).containsExactly(access);
        assertThat(node.withAccess(List.of(access)).withAccess(node.access())).isEqualTo(node);
    }
}
