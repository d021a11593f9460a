package io.memkind.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.locality.Machines;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.Topology;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class HugePageCheckTest {
    private static final long TWO_MIB = 2L << 20;
    private static final long ONE_GIB = 1L << 30;

    private static Machines machine() {
        return Machines.empty().node(0, "0", 4).node(1, "", 4).node(2, "", 4);
    }

    @ParameterizedTest
    @ValueSource(longs = {TWO_MIB, ONE_GIB})
    void aPageOnOneOfTheNodesIsEnough(long pageByteSize) {
        Topology topology = machine()
                .pool(pageByteSize, 3, 0)
                .nodePool(0, pageByteSize, 2)
                .nodePool(1, pageByteSize, 1)
                .nodePool(2, pageByteSize, 0)
                .build();
        assertThat(HugePageCheck.anywhere(topology, pageByteSize)).isEmpty();
        assertThat(HugePageCheck.onNodes(topology, pageByteSize, List.of(1, 2))).isEmpty();
        assertThat(HugePageCheck.onNodes(topology, pageByteSize, List.of(2))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(longs = {TWO_MIB, ONE_GIB})
    void pagesThatMayBeAddedAreEnough(long pageByteSize) {
        Topology topology = machine().pool(pageByteSize, 0, 1).build();
        assertThat(HugePageCheck.anywhere(topology, pageByteSize)).isEmpty();
        assertThat(HugePageCheck.onNodes(topology, pageByteSize, List.of(2))).isEmpty();
    }

    @Test
    void pagesOfAnotherSizeDoNotCount() {
        Topology topology = machine()
                .pool(TWO_MIB, 0, 0)
                .pool(ONE_GIB, 4, 4)
                .nodePool(1, ONE_GIB, 4)
                .build();
        assertThat(HugePageCheck.onNodes(topology, TWO_MIB, List.of(1))).isPresent();
        assertThat(HugePageCheck.anywhere(topology, TWO_MIB)).isPresent();
    }

    @Test
    void tellsWhereToSetPagesAside() {
        Topology topology = machine().pool(ONE_GIB, 0, 0).build();
        assertThat(HugePageCheck.anywhere(topology, ONE_GIB))
                .contains(new Unavailable(
                        SelectionError.HUGETLB,
                        "no hugetlb pages of 1048576 KiB are set aside, and the kernel may add none:"
                                + " /sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages is 0,"
                                + " nr_overcommit_hugepages is 0",
                        "echo N > /sys/kernel/mm/hugepages/hugepages-1048576kB/nr_hugepages, or sysctl"
                                + " vm.nr_hugepages=N if that is the default size"));
        assertThat(HugePageCheck.onNodes(topology, ONE_GIB, List.of(1, 2)))
                .contains(new Unavailable(
                        SelectionError.HUGETLB,
                        "no hugetlb pages of 1048576 KiB are set aside, and the kernel may add none: nr_hugepages of"
                                + " nodes 1 and 2 is 0, nr_overcommit_hugepages is 0",
                        "echo N > /sys/devices/system/node/node1/hugepages/hugepages-1048576kB/nr_hugepages"));
    }

    @Test
    void aSizeThatTheMachineDoesNotHave() {
        Unavailable refusal = HugePageCheck.anywhere(
                        machine().pool(TWO_MIB, 1, 0).build(), ONE_GIB)
                .orElseThrow();
        assertThat(refusal.error()).isEqualTo(SelectionError.HUGETLB);
        assertThat(refusal.reason()).isEqualTo("this machine has no hugetlb pages of 1048576 KiB, only of 2048 KiB");
    }

    @Test
    void aKernelWithoutHugePages() {
        Unavailable refusal =
                HugePageCheck.onNodes(machine().build(), TWO_MIB, List.of(1)).orElseThrow();
        assertThat(refusal.reason()).isEqualTo("the kernel has no hugetlb pages: /sys/kernel/mm/hugepages is missing");
        assertThat(refusal.remedy()).isEqualTo("run a kernel with CONFIG_HUGETLBFS");
    }
}
