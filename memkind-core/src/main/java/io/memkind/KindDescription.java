package io.memkind;

import io.memkind.internal.extent.AnonymousSource;
import io.memkind.internal.extent.ExtentSource;
import io.memkind.topology.HugePagePool;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import io.memkind.topology.TransparentHugePages;
import java.util.List;
import java.util.OptionalLong;

/** What memory a kind is made of: the one place where attributes become an extent source. */
enum KindDescription implements KindMemory {
    DEFAULT("memkind_default", 0),
    DEFAULT_THP("memkind_default_thp", 2L << 20),
    REGULAR("memkind_regular", 0),
    HUGETLB("memkind_hugetlb", 2L << 20),
    HUGETLB_1GB("memkind_hugetlb_1gb", 1L << 30);

    static final long BASE_PAGE = 0;

    final String kindName;

    /** Size of the huge pages, or {@link #BASE_PAGE}. */
    final long hugePageByteSize;

    KindDescription(String kindName, long hugePageByteSize) {
        this.kindName = kindName;
        this.hugePageByteSize = hugePageByteSize;
    }

    @Override
    public ExtentSource source(long limitBytes) {
        return switch (this) {
            case DEFAULT -> AnonymousSource.of(AnonymousSource.Pages.BASE, BASE_PAGE);
            case DEFAULT_THP -> AnonymousSource.of(AnonymousSource.Pages.TRANSPARENT_HUGE, hugePageByteSize);
            case REGULAR ->
                AnonymousSource.boundTo(nodesWithCpus(Topology.read()), AnonymousSource.Pages.BASE, BASE_PAGE);
            case HUGETLB, HUGETLB_1GB -> AnonymousSource.of(AnonymousSource.Pages.HUGETLB, hugePageByteSize);
        };
    }

    @Override
    public Availability availability(Topology topology) {
        return switch (this) {
            case DEFAULT -> Availability.YES;
            case DEFAULT_THP -> transparentHugePages(topology.transparentHugePages());
            case REGULAR ->
                nodesWithCpus(topology).isEmpty()
                        ? Availability.no(
                                "no NUMA node with processors is listed in /sys/devices/system/node",
                                "run a kernel with CONFIG_NUMA, or use memkind_default")
                        : Availability.YES;
            case HUGETLB, HUGETLB_1GB -> hugePages(topology.hugePagePool(hugePageByteSize));
        };
    }

    private static Availability transparentHugePages(TransparentHugePages mode) {
        return switch (mode) {
            case ALWAYS, MADVISE -> Availability.YES;
            case NEVER ->
                Availability.no(
                        "transparent huge pages are switched off: /sys/kernel/mm/transparent_hugepage/enabled is never",
                        "echo madvise > /sys/kernel/mm/transparent_hugepage/enabled");
            case UNKNOWN ->
                Availability.no(
                        "the kernel has no /sys/kernel/mm/transparent_hugepage/enabled",
                        "run a kernel with CONFIG_TRANSPARENT_HUGEPAGE");
        };
    }

    /* As the C library: pages set aside plus pages that may be added, whether free or not. */
    private static Availability hugePages(HugePagePool pool) {
        if (pool.totalPages() + pool.overcommitPages() > 0) {
            return Availability.YES;
        }
        String directory = "/sys/kernel/mm/hugepages/hugepages-" + pool.pageByteSize() / 1024 + "kB";
        return Availability.no(
                "no hugetlb pages of " + pool.pageByteSize() / 1024 + " KiB are set aside: " + directory
                        + "/nr_hugepages is 0 or missing",
                "echo N > " + directory + "/nr_hugepages");
    }

    @Override
    public OptionalLong capacityBytes(Topology topology) {
        return switch (this) {
            case DEFAULT, DEFAULT_THP -> known(topology.totalBytes());
            case REGULAR ->
                known(topology.nodes().stream()
                        .filter(node -> !node.cpus().isEmpty())
                        .mapToLong(NumaNode::totalBytes)
                        .sum());
            case HUGETLB, HUGETLB_1GB -> {
                HugePagePool pool = topology.hugePagePool(hugePageByteSize);
                yield OptionalLong.of((pool.totalPages() + pool.overcommitPages()) * hugePageByteSize);
            }
        };
    }

    @Override
    public long hugePageByteSize() {
        return hugePageByteSize;
    }

    private static OptionalLong known(long bytes) {
        return bytes > 0 ? OptionalLong.of(bytes) : OptionalLong.empty();
    }

    private static List<Integer> nodesWithCpus(Topology topology) {
        return topology.nodes().stream()
                .filter(node -> !node.cpus().isEmpty())
                .map(NumaNode::id)
                .toList();
    }
}
