package io.memkind.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.locality.Machines;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

final class CapacityOfTest {
    private static final long MIB = 1L << 20;
    private static final NodeOverrides NAMED =
            new NodeOverrides(Optional.of(List.of(2, 3)), OptionalLong.empty(), Optional.of(List.of(3)));

    private static Machines machine() {
        return Machines.empty()
                .node(0, "0", 1)
                .node(1, "1", 2)
                .node(2, "", 4)
                .node(3, "", 8)
                .distances(10, 20, 17, 28, 20, 10, 28, 17, 17, 28, 10, 28, 28, 17, 28, 10)
                .pool(2 * MIB, 3, 4)
                .nodePool(2, 2 * MIB, 3);
    }

    private static OptionalLong everywhere(StaticKind kind) {
        return CapacityOf.everywhere(kind.spec(), machine().build(), NAMED);
    }

    @Test
    void isTheSumOfTheNodes() {
        assertThat(everywhere(StaticKind.DEFAULT)).hasValue(15 * MIB);
        assertThat(everywhere(StaticKind.INTERLEAVE)).hasValue(15 * MIB);
        assertThat(everywhere(StaticKind.REGULAR)).hasValue(3 * MIB);
        assertThat(everywhere(StaticKind.HBW)).hasValue(12 * MIB);
        assertThat(everywhere(StaticKind.HBW_ALL)).hasValue(12 * MIB);
        assertThat(everywhere(StaticKind.DAX_KMEM)).hasValue(8 * MIB);
        assertThat(everywhere(StaticKind.HIGHEST_CAPACITY)).hasValue(8 * MIB);
    }

    @Test
    void isThatOfTheNearNodesSeenFromOneNode() {
        Topology topology = machine().build();
        assertThat(CapacityOf.seenFrom(StaticKind.HBW.spec(), topology, NAMED, 0))
                .hasValue(4 * MIB);
        assertThat(CapacityOf.seenFrom(StaticKind.HBW.spec(), topology, NAMED, 1))
                .hasValue(8 * MIB);
        assertThat(CapacityOf.seenFrom(StaticKind.HBW_ALL.spec(), topology, NAMED, 1))
                .hasValue(12 * MIB);
        assertThat(CapacityOf.seenFrom(StaticKind.HIGHEST_CAPACITY_LOCAL.spec(), topology, NAMED, 1))
                .hasValue(8 * MIB);
    }

    @Test
    void ofHugePagesIsThatOfThePages() {
        assertThat(everywhere(StaticKind.HUGETLB)).hasValue(7 * 2 * MIB);
        Topology empty = Machines.empty().node(0, "0", 1).pool(2 * MIB, 0, 0).build();
        assertThat(CapacityOf.everywhere(StaticKind.HUGETLB.spec(), empty, NAMED))
                .hasValue(0);
        Topology without = Machines.empty().node(0, "0", 1).build();
        assertThat(CapacityOf.everywhere(StaticKind.HUGETLB.spec(), without, NAMED))
                .isEmpty();
    }

    @Test
    void isNotToldForPreferringKindsAndForHugePagesOfSomeNodes() {
        for (StaticKind kind : StaticKind.values()) {
            if (kind.name().contains("PREFERRED") || kind.name().matches("HBW_.*HUGETLB")) {
                assertThat(everywhere(kind)).as("%s", kind).isEmpty();
                assertThat(CapacityOf.seenFrom(kind.spec(), machine().build(), NAMED, 0))
                        .as("%s", kind)
                        .isEmpty();
            }
        }
    }

    @Test
    void isNotToldForKindsThatAreNotAvailable() {
        assertThat(CapacityOf.everywhere(StaticKind.HBW.spec(), machine().build(), NodeOverrides.NONE))
                .isEmpty();
    }

    @Test
    void countsAllowedNodesOnly() {
        Topology topology = machine().allowed(0, 2).build();
        assertThat(CapacityOf.everywhere(StaticKind.DEFAULT.spec(), topology, NodeOverrides.NONE))
                .hasValue(5 * MIB);
        assertThat(CapacityOf.everywhere(StaticKind.REGULAR.spec(), topology, NodeOverrides.NONE))
                .hasValue(MIB);
    }

    @Test
    void withoutNumaIsAllMemory() {
        Machines machine = Machines.empty();
        assertThat(CapacityOf.everywhere(StaticKind.DEFAULT.spec(), machine.build(), NodeOverrides.NONE))
                .isEmpty();
        assertThat(CapacityOf.everywhere(
                        StaticKind.DEFAULT.spec(), machine.totalBytes(77).build(), NodeOverrides.NONE))
                .hasValue(77);
    }
}
