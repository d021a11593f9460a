package io.memkind.topology;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;

/**
 * The memory of a machine, as its kernel describes it, at the moment of reading.
 *
 * <p>A file that is missing or unreadable is no error: a kernel without NUMA has no nodes, one without huge pages has no
 * pools.
 *
 * @param nodes the NUMA nodes, by ascending id
 * @param hugePagePools one for each page size the kernel supports, by ascending size
 * @param transparentHugePages when transparent huge pages are used
 * @param totalBytes all memory of the machine; 0 if unknown
 * @param availableBytes what could be allocated without swapping, as the kernel estimates; 0 if unknown
 * @param allowedNodes ids of the nodes that this process may use, ascending, by its cpuset ({@code Mems_allowed_list} in
 *     {@code /proc/self/status}); all nodes if unknown
 * @param daxDevices by name
 * @param processor the make of the processors
 */
public record Topology(
        List<NumaNode> nodes,
        List<HugePagePool> hugePagePools,
        TransparentHugePages transparentHugePages,
        long totalBytes,
        long availableBytes,
        List<Integer> allowedNodes,
        List<DaxDevice> daxDevices,
        Processor processor) {
    /** Copies the lists. */
    public Topology {
        nodes = List.copyOf(nodes);
        hugePagePools = List.copyOf(hugePagePools);
        allowedNodes = List.copyOf(allowedNodes);
        daxDevices = List.copyOf(daxDevices);
    }

    /**
     * A machine of which nothing else is known.
     *
     * @param nodes the NUMA nodes, all of them allowed
     * @param hugePagePools one for each page size
     * @param transparentHugePages when transparent huge pages are used
     * @param totalBytes all memory
     * @param availableBytes what could be allocated without swapping
     */
    public Topology(
            List<NumaNode> nodes,
            List<HugePagePool> hugePagePools,
            TransparentHugePages transparentHugePages,
            long totalBytes,
            long availableBytes) {
        this(
                nodes,
                hugePagePools,
                transparentHugePages,
                totalBytes,
                availableBytes,
                nodes.stream().map(NumaNode::id).toList(),
                List.of(),
                Processor.UNKNOWN);
    }

    /** {@return the running machine} */
    public static Topology read() {
        return read(Path.of("/"));
    }

    /**
     * Reads a tree that has {@code sys} and {@code proc} in it.
     *
     * @param root the directory that holds them; {@code /} for the running machine
     * @return what the tree says
     */
    public static Topology read(Path root) {
        Path sys = root.resolve("sys");
        String meminfo = SysfsFiles.text(root.resolve("proc/meminfo"));
        return new Topology(
                readNodes(sys.resolve("devices/system/node")),
                readPools(sys.resolve("kernel/mm/hugepages")),
                readTransparent(sys.resolve("kernel/mm/transparent_hugepage/enabled")),
                SysfsFiles.meminfoBytes(meminfo, "MemTotal"),
                SysfsFiles.meminfoBytes(meminfo, "MemAvailable"));
    }

    /**
     * The pool of pages of a size.
     *
     * @param pageByteSize size of a page in bytes
     * @return the pool; one without pages if the kernel does not support the size
     */
    public HugePagePool hugePagePool(long pageByteSize) {
        for (HugePagePool pool : hugePagePools) {
            if (pool.pageByteSize() == pageByteSize) {
                return pool;
            }
        }
        return new HugePagePool(pageByteSize, 0, 0, 0);
    }

    private static List<NumaNode> readNodes(Path directory) {
        List<NumaNode> nodes = new ArrayList<>();
        for (Map.Entry<Integer, Path> entry :
                SysfsFiles.numbered(directory, "node").entrySet()) {
            String meminfo = SysfsFiles.text(entry.getValue().resolve("meminfo"));
            nodes.add(new NumaNode(
                    entry.getKey(),
                    SysfsFiles.list(entry.getValue().resolve("cpulist")),
                    SysfsFiles.meminfoBytes(meminfo, "MemTotal"),
                    SysfsFiles.meminfoBytes(meminfo, "MemFree")));
        }
        return nodes;
    }

    /* Directories are named hugepages-2048kB. */
    private static List<HugePagePool> readPools(Path directory) {
        List<HugePagePool> pools = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, "hugepages-*kB")) {
            for (Path pool : entries) {
                String name = String.valueOf(pool.getFileName());
                OptionalLong kibibytes = SysfsFiles.parse(name.substring("hugepages-".length(), name.length() - 2));
                if (kibibytes.isEmpty()) {
                    continue;
                }
                pools.add(new HugePagePool(
                        kibibytes.getAsLong() * 1024,
                        SysfsFiles.number(pool.resolve("nr_hugepages")),
                        SysfsFiles.number(pool.resolve("free_hugepages")),
                        SysfsFiles.number(pool.resolve("nr_overcommit_hugepages"))));
            }
        } catch (IOException | RuntimeException e) {
            return List.of();
        }
        pools.sort(Comparator.comparingLong(HugePagePool::pageByteSize));
        return pools;
    }

    /* The mode in use stands in brackets: always [madvise] never. */
    private static TransparentHugePages readTransparent(Path enabled) {
        String text = SysfsFiles.text(enabled);
        for (TransparentHugePages mode : TransparentHugePages.values()) {
            if (text.contains("[" + mode.name().toLowerCase(Locale.ROOT) + "]")) {
                return mode;
            }
        }
        return TransparentHugePages.UNKNOWN;
    }
}
