package io.memkind.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.select.QemuMachines.Expectation;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which variables concern a kind on which machine. */
final class NodeEnvironmentTest {
    private static List<Expectation> ofHbw(boolean knights) {
        return QemuMachines.expectations().stream()
                .filter(e -> e.rule() == NodeRule.HBW
                        && e.machine().toLowerCase(Locale.ROOT).startsWith("kn") == knights)
                .toList();
    }

    static List<Topology> knightsMachines() {
        return ofHbw(true).stream().map(Expectation::topology).distinct().toList();
    }

    /* As the C library: there the nodes are known by the processor, so the threshold is not even read. */
    @ParameterizedTest
    @MethodSource("knightsMachines")
    void aXeonPhiHasNoThreshold(Topology topology) {
        Selection expected = StaticKind.HBW.spec().select(topology, NodeOverrides.NONE);

        assertThat(expected).isInstanceOf(Selection.Nodes.class);
        for (String value : List.of("-1", "fast", "1073741824")) {
            assertThat(NodeEnvironment.select(
                            StaticKind.HBW.spec(), topology, Map.of(NodeOverrides.HBW_THRESHOLD_VARIABLE, value)))
                    .as(value)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"-1", "fast", "4294967296"})
    void elsewhereABadThresholdMakesTheKindUnavailable(String value) {
        assertThat(ofHbw(false)).isNotEmpty().allSatisfy(machine -> {
            Selection selection = NodeEnvironment.select(
                    StaticKind.HBW.spec(), machine.topology(), Map.of(NodeOverrides.HBW_THRESHOLD_VARIABLE, value));
            assertThat(selection).isInstanceOf(Unavailable.class);
            assertThat(((Unavailable) selection).error()).isEqualTo(SelectionError.ENVIRON);
            assertThat(((Unavailable) selection).reason()).contains(value);
        });
    }
}
