package io.memkind.topology;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Puts together what the readers of the parts find in a tree. */
final class TopologyReader {
    private TopologyReader() {}

    static Topology read(Path root) {
        SysfsFiles files = new SysfsFiles(root);
        List<Integer> onlineCpus = CpuReader.online(files);
        List<NumaNode> nodes = new NodeReader(files, onlineCpus).read();
        Cpuset cpuset = CpusetReader.read(files);
        String meminfo = files.text("proc/meminfo");
        long totalBytes = Numbers.meminfoBytes(meminfo, "MemTotal");
        return new Topology(
                nodes,
                PoolReader.read(files, "sys/kernel/mm/hugepages"),
                transparentHugePages(files),
                totalBytes == 0 ? sumOfTotals(nodes) : totalBytes,
                Numbers.meminfoBytes(meminfo, "MemAvailable"),
                allowed(nodes, cpuset),
                DaxReader.read(files),
                ProcessorReader.read(files),
                onlineCpus,
                NodeReader.possible(files),
                cpuset,
                accelerators(files, nodes));
    }

    private static long sumOfTotals(List<NumaNode> nodes) {
        long sum = nodes.stream().mapToLong(NumaNode::totalBytes).sum();
        return Math.max(0, sum); // no machine overflows it, but any file can
    }

    /* A kernel may list nodes that do not exist; a list of none of the nodes here is of some other machine. */
    private static List<Integer> allowed(List<NumaNode> nodes, Cpuset cpuset) {
        List<Integer> ids = nodes.stream().map(NumaNode::id).toList();
        List<Integer> allowed = ids.stream().filter(cpuset.nodes()::contains).toList();
        return allowed.isEmpty() ? ids : allowed;
    }

    /* They matter for nodes of memory only, and there may be hundreds of devices to look at. */
    private static List<Accelerator> accelerators(SysfsFiles files, List<NumaNode> nodes) {
        return nodes.stream().anyMatch(NumaNode::memoryOnly) ? AcceleratorReader.read(files) : List.of();
    }

    /* The mode in use stands in brackets: always [madvise] never. */
    private static TransparentHugePages transparentHugePages(SysfsFiles files) {
        String text = files.text("sys/kernel/mm/transparent_hugepage/enabled");
        for (TransparentHugePages mode : TransparentHugePages.values()) {
            if (text.contains("[" + mode.name().toLowerCase(Locale.ROOT) + "]")) {
                return mode;
            }
        }
        return TransparentHugePages.UNKNOWN;
    }
}
