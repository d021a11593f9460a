package io.memkind.internal.select;

import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.HugePagePool;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.Optional;

/**
 * Whether there are hugetlb pages: pages set aside on the nodes plus pages that the kernel may add there on demand, be they
 * free or not (Documentation/admin-guide/mm/hugetlbpage.rst).
 */
public final class HugePageCheck {
    private HugePageCheck() {}

    /**
     * Checks the pool of the whole machine.
     *
     * @param topology the machine
     * @param pageByteSize size of a page in bytes
     * @return why there are none; empty if there are some
     */
    public static Optional<Unavailable> anywhere(Topology topology, long pageByteSize) {
        String file = "/sys/kernel/mm/hugepages/" + directory(pageByteSize) + "/nr_hugepages";
        return check(
                topology,
                pageByteSize,
                pages(topology, pageByteSize),
                file + " is 0",
                "echo N > " + file + ", or sysctl vm.nr_hugepages=N if that is the default size");
    }

    /**
     * Checks the pools of some nodes.
     *
     * @param topology the machine
     * @param pageByteSize size of a page in bytes
     * @param nodes their ids, ascending, not empty
     * @return why there are none; empty if there are some
     */
    public static Optional<Unavailable> onNodes(Topology topology, long pageByteSize, List<Integer> nodes) {
        return check(
                topology,
                pageByteSize,
                pages(topology, pageByteSize, nodes),
                "nr_hugepages of " + NodeText.nodes(nodes) + " is 0",
                "echo N > /sys/devices/system/node/node" + nodes.get(0) + "/hugepages/" + directory(pageByteSize)
                        + "/nr_hugepages");
    }

    /** {@return pages set aside on the whole machine} */
    static long pages(Topology topology, long pageByteSize) {
        return topology.hugePagePool(pageByteSize).totalPages();
    }

    /** {@return pages set aside on some nodes} */
    static long pages(Topology topology, long pageByteSize, List<Integer> nodes) {
        return topology.nodes().stream()
                .filter(node -> nodes.contains(node.id()))
                .map(NumaNode::hugePagePools)
                .flatMap(List::stream)
                .filter(pool -> pool.pageByteSize() == pageByteSize)
                .mapToLong(HugePagePool::totalPages)
                .sum();
    }

    private static Optional<Unavailable> check(
            Topology topology, long pageByteSize, long pages, String reason, String remedy) {
        if (topology.hugePagePools().isEmpty()) {
            return Optional.of(new Unavailable(
                    SelectionError.HUGETLB,
                    "the kernel has no hugetlb pages: /sys/kernel/mm/hugepages is missing",
                    "run a kernel with CONFIG_HUGETLBFS"));
        }
        String size = pageByteSize / 1024 + " KiB";
        Optional<HugePagePool> pool = topology.hugePagePools().stream()
                .filter(candidate -> candidate.pageByteSize() == pageByteSize)
                .findFirst();
        if (pool.isEmpty()) {
            List<String> sizes = topology.hugePagePools().stream()
                    .map(candidate -> candidate.pageByteSize() / 1024 + " KiB")
                    .toList();
            return Optional.of(new Unavailable(
                    SelectionError.HUGETLB,
                    "this machine has no hugetlb pages of " + size + ", only of " + NodeText.list(sizes),
                    "use a kind with one of those page sizes"));
        }
        if (pages > 0 || pool.get().overcommitPages() > 0) {
            return Optional.empty();
        }
        return Optional.of(new Unavailable(
                SelectionError.HUGETLB,
                "no hugetlb pages of " + size + " are set aside, and the kernel may add none: " + reason
                        + ", nr_overcommit_hugepages is 0",
                remedy));
    }

    private static String directory(long pageByteSize) {
        return "hugepages-" + pageByteSize / 1024 + "kB";
    }
}
