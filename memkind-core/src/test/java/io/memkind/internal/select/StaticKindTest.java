package io.memkind.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.locality.Machines;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import org.junit.jupiter.api.Test;

final class StaticKindTest {
    private static final String TABLE = """
            memkind_default ANY NONE BASE false
            memkind_hbw HBW BIND BASE false
            memkind_hbw_preferred HBW_SINGLE PREFERRED BASE false
            memkind_hbw_hugetlb HBW BIND HUGETLB_2M false
            memkind_hbw_preferred_hugetlb HBW_SINGLE PREFERRED HUGETLB_2M false
            memkind_hugetlb ANY NONE HUGETLB_2M false
            memkind_hbw_interleave HBW_ALL INTERLEAVE BASE true
            memkind_interleave ALLOWED INTERLEAVE BASE true
            memkind_regular WITH_PROCESSORS BIND BASE false
            memkind_hbw_all HBW_ALL BIND BASE false
            memkind_hbw_all_hugetlb HBW_ALL BIND HUGETLB_2M false
            memkind_dax_kmem DAX_KMEM BIND BASE false
            memkind_dax_kmem_all DAX_KMEM_ALL BIND BASE false
            memkind_dax_kmem_preferred DAX_KMEM_SINGLE PREFERRED BASE false
            memkind_dax_kmem_interleave DAX_KMEM_ALL INTERLEAVE BASE false
            memkind_highest_capacity HIGHEST_CAPACITY BIND BASE false
            memkind_highest_capacity_preferred HIGHEST_CAPACITY_SINGLE PREFERRED BASE false
            memkind_highest_capacity_local LOCAL_CAPACITY BIND BASE false
            memkind_highest_capacity_local_preferred LOCAL_CAPACITY PREFERRED BASE false
            memkind_lowest_latency_local LOCAL_LATENCY BIND BASE false
            memkind_lowest_latency_local_preferred LOCAL_LATENCY PREFERRED BASE false
            memkind_highest_bandwidth_local LOCAL_BANDWIDTH BIND BASE false
            memkind_highest_bandwidth_local_preferred LOCAL_BANDWIDTH PREFERRED BASE false
            """;

    @Test
    void areThoseOfTheCLibraryInItsOrder() {
        StringBuilder found = new StringBuilder();
        for (StaticKind kind : StaticKind.values()) {
            found.append(kind.spec().name())
                    .append(' ')
                    .append(kind.spec().choice())
                    .append(' ')
                    .append(kind.spec().policy());
            found.append(' ')
                    .append(kind.spec().pages())
                    .append(' ')
                    .append(kind.spec().transparentHugePagesOff());
            found.append('\n');
        }
        assertThat(found).hasToString(TABLE);
    }

    @Test
    void hugePagesAreNeededOnTheNodesOfTheKind() {
        Machines machine = Machines.empty()
                .node(0, "0", 4)
                .node(1, "", 4)
                .pool(2 << 20, 8, 0)
                .nodePool(0, 2 << 20, 8)
                .nodePool(1, 2 << 20, 0);
        NodeOverrides overrides = Outcomes.hbwNodes(1);
        assertThat(StaticKind.HBW.spec().select(machine.build(), overrides)).isInstanceOf(Nodes.class);
        assertThat(StaticKind.HUGETLB.spec().select(machine.build(), overrides)).isInstanceOf(Nodes.class);
        for (StaticKind kind :
                new StaticKind[] {StaticKind.HBW_HUGETLB, StaticKind.HBW_PREFERRED_HUGETLB, StaticKind.HBW_ALL_HUGETLB
                }) {
            Unavailable refusal = Outcomes.unavailable(kind.spec().select(machine.build(), overrides));
            assertThat(refusal.error()).isEqualTo(SelectionError.HUGETLB);
            assertThat(refusal.remedy())
                    .isEqualTo("echo N > /sys/devices/system/node/node1/hugepages/hugepages-2048kB/nr_hugepages");
        }
        Topology filled = machine.nodePool(1, 2 << 20, 1).build();
        assertThat(StaticKind.HBW_HUGETLB.spec().select(filled, overrides)).isInstanceOf(Nodes.class);
    }

    /* The C library overwrites the error of the nodes with that of the pages. */
    @Test
    void missingNodesAreToldBeforeMissingPages() {
        Topology topology = Machines.empty().node(0, "0", 4).build();
        assertThat(Outcomes.unavailable(StaticKind.HBW_HUGETLB.spec().select(topology, NodeOverrides.NONE))
                        .error())
                .isEqualTo(SelectionError.MEMTYPE_NOT_AVAILABLE);
        assertThat(Outcomes.unavailable(StaticKind.HUGETLB.spec().select(topology, NodeOverrides.NONE))
                        .error())
                .isEqualTo(SelectionError.HUGETLB);
    }

    @Test
    void errorsHaveTheNumbersOfTheCLibrary() {
        assertThat(SelectionError.values())
                .extracting(SelectionError::code)
                .containsExactly(-1, -12, -13, -18, -20, -255);
    }
}
