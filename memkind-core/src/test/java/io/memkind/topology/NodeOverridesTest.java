package io.memkind.topology;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NodeOverridesTest {
    /* Nodes 0, 1, 2, 8 and 252; this process may not use node 2. */
    private static final Topology MACHINE = machine(List.of(0, 1, 2, 8, 252), List.of(0, 1, 8, 252));

    private static Topology machine(List<Integer> ids, List<Integer> allowed) {
        List<NumaNode> nodes =
                ids.stream().map(id -> new NumaNode(id, List.of(), 1, 1)).toList();
        return new Topology(
                nodes, List.of(), TransparentHugePages.UNKNOWN, 0, 0, allowed, List.of(), Processor.UNKNOWN);
    }

    private static List<Integer> parse(String value) {
        NodeOverrides dax = NodeOverrides.fromEnvironment(Map.of("MEMKIND_DAX_KMEM_NODES", value), MACHINE);
        NodeOverrides hbw = NodeOverrides.fromEnvironment(Map.of("MEMKIND_HBW_NODES", value), MACHINE);
        assertThat(dax.highBandwidthNodes()).isEmpty();
        assertThat(hbw.daxKmemNodes()).isEmpty();
        assertThat(hbw.highBandwidthNodes()).isEqualTo(dax.daxKmemNodes());
        return dax.daxKmemNodes().orElseThrow();
    }

    @Test
    void nothingIsSetByDefault() {
        assertThat(NodeOverrides.fromEnvironment(Map.of("PATH", "/bin"), MACHINE))
                .isEqualTo(NodeOverrides.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''|",
                "0|0",
                "8,0,8|0,8",
                "0-1|0,1",
                "0-8|0,1,8",
                "1-252|1,8,252",
                "all|0,1,8,252",
                "0,all|0,1,8,252",
                "!all|",
                "!1|0,8,252",
                "!0-8|252",
                "+0|0",
                "+2|8",
                "+1-3|1,8,252",
                "!+0-1|8,252",
            })
    void listsOfNodes(String value, String expected) {
        List<Integer> nodes = expected == null
                ? List.of()
                : Stream.of(expected.split(",", -1)).map(Integer::valueOf).toList();

        assertThat(parse(value)).isEqualTo(nodes);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "-1|'' is no number",
                "x|'x' is no number",
                "0,|'' is no number",
                "0 ,1|'0 ' is no number",
                "\" \"|' ' is no number",
                "0-|'' is no number",
                "0-1-8|'1-8' is no number",
                "0x1|'0x1' is no number",
                "all0|'all0' is no number",
                "!|'' is no number",
                "+|'' is no number",
                "+!0|'!0' is no number",
                "8-0|'8-0' ends before it begins",
                "3|node 3 does not exist",
                "0-3|node 3 does not exist",
                "99999999999999|node 99999999999999 does not exist",
                "99999999999999999999|'99999999999999999999' is no number",
                "2|node 2 is not allowed",
                "+4|+4 is beyond the 4 nodes",
            })
    void junkIsRefusedWithTheVariableTheValueAndTheRemedy(String value, String why) {
        for (String variable : List.of("MEMKIND_HBW_NODES", "MEMKIND_DAX_KMEM_NODES")) {
            assertThatThrownBy(() -> NodeOverrides.fromEnvironment(Map.of(variable, value), MACHINE))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith(variable + "='" + value + "' is not a list of nodes: ")
                    .hasMessageContaining(why)
                    .hasMessageContaining("write for instance 0-1,3 or all")
                    .hasMessageEndingWith("; nodes here: 0,1,2,8,252, allowed: 0,1,8,252");
        }
    }

    @Test
    void aMachineWithoutNodesHasNoneToName() {
        Topology none = machine(List.of(), List.of());

        assertThat(NodeOverrides.fromEnvironment(Map.of("MEMKIND_HBW_NODES", "all"), none)
                        .highBandwidthNodes())
                .contains(List.of());
        assertThatThrownBy(() -> NodeOverrides.fromEnvironment(Map.of("MEMKIND_HBW_NODES", "0"), none))
                .hasMessageContaining("node 0 does not exist")
                .hasMessageEndingWith("nodes here: none");
    }

    @ParameterizedTest
    @CsvSource({"'', 0", "0, 0", "204800, 204800", "4294967295, 4294967295", "007, 7"})
    void thresholds(String value, long expected) {
        assertThat(NodeOverrides.fromEnvironment(Map.of("MEMKIND_HBW_THRESHOLD", value), MACHINE)
                        .highBandwidthThresholdMiBps())
                .hasValue(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"-1", "+1", "4294967296", "5x", " 5", "5 ", "1e3", "0x10", "99999999999999999999", "\u0663"})
    void thresholdsThatAreNone(String value) {
        assertThatThrownBy(() -> NodeOverrides.fromEnvironment(Map.of("MEMKIND_HBW_THRESHOLD", value), MACHINE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("MEMKIND_HBW_THRESHOLD='" + value
                        + "' is not a bandwidth: set it to MiB/s, a decimal number from 0 to 4294967295");
    }

    /* Any text of the grammar's characters is either refused, or lists allowed nodes that are ascending. */
    @Test
    void anyTextIsAListOrRefused() {
        String characters = "0128-,!+al5";
        int accepted = 0;
        for (long seed = 1; seed <= 20_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int i = random.nextInt(7); i > 0; i--) {
                text.append(characters.charAt(random.nextInt(characters.length())));
            }
            try {
                List<Integer> nodes = parse(text.toString());
                accepted++;
                assertThat(MACHINE.allowedNodes()).as("seed %d: %s", seed, text).containsAll(nodes);
                assertThat(List.copyOf(new TreeSet<>(nodes))).isEqualTo(nodes);
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("'" + text + "'");
            }
        }
        assertThat(accepted).isBetween(1_000, 19_000);
    }
}
