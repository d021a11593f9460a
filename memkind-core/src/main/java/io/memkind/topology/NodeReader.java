package io.memkind.topology;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.Stream;

/** Reads the NUMA nodes ({@code /sys/devices/system/node}; Documentation/ABI/stable/sysfs-devices-node). */
final class NodeReader {
    static final String DIRECTORY = "sys/devices/system/node";

    /** The most that a kernel can be built for (CONFIG_NODES_SHIFT is 10 at most). */
    private static final int MAX_NODES = 1024;

    private final SysfsFiles files;
    private final Set<Integer> onlineCpus;
    private final Optional<List<Integer>> onlineNodes;
    private final Map<Integer, Integer> tiers;

    NodeReader(SysfsFiles files, List<Integer> onlineCpus) {
        this.files = files;
        this.onlineCpus = new HashSet<>(onlineCpus);
        this.onlineNodes = list("online");
        this.tiers = TierReader.tierByNode(files);
    }

    static List<Integer> possible(SysfsFiles files) {
        return Numbers.list(files.text(DIRECTORY + "/possible"));
    }

    List<NumaNode> read() {
        List<Map.Entry<Integer, String>> found = files.numbered(DIRECTORY, "node").entrySet().stream()
                .limit(MAX_NODES)
                .toList();
        List<Integer> ids = found.stream().map(Map.Entry::getKey).toList();
        DistanceReader distances = new DistanceReader(files, ids, onlineNodes.orElse(List.of()), possible(files));
        return found.stream()
                .map(entry -> read(entry.getKey(), entry.getValue(), distances))
                .toList();
    }

    private NumaNode read(int id, String directory, DistanceReader distances) {
        List<Integer> online = new ArrayList<>();
        List<Integer> offline = new ArrayList<>();
        for (int cpu : cpus(directory)) {
            (onlineCpus.isEmpty() || onlineCpus.contains(cpu) ? online : offline).add(cpu);
        }
        String meminfo = files.text(directory + "/meminfo");
        return new NumaNode(
                id,
                online,
                Numbers.meminfoBytes(meminfo, "MemTotal"),
                Numbers.meminfoBytes(meminfo, "MemFree"),
                distances.from(directory),
                AccessReader.read(files, directory),
                PoolReader.read(files, directory + "/hugepages"),
                onlineNodes.isEmpty() || onlineNodes.get().contains(id),
                offline,
                movableOnly(id),
                tier(id),
                CacheReader.read(files, directory + "/memory_side_cache"),
                weight(id));
    }

    /*
     * The mask first, which libnuma reads too: some captured trees were edited there. Where it is missing or empty, the list,
     * which old kernels do not have, then the links to processors, which those that are offline keep.
     */
    private List<Integer> cpus(String directory) {
        List<Integer> mask = Numbers.mask(files.text(directory + "/cpumap"));
        if (!mask.isEmpty()) {
            return mask;
        }
        List<Integer> list = Numbers.list(files.text(directory + "/cpulist"));
        return list.isEmpty() ? List.copyOf(files.numbered(directory, "cpu").keySet()) : list;
    }

    /* A kernel with high memory lists its ordinary nodes in another file. */
    private Optional<Boolean> movableOnly(int id) {
        Optional<List<Integer>> memory = list("has_memory");
        Optional<List<Integer>> normal = list("has_normal_memory");
        Optional<List<Integer>> high = list("has_high_memory");
        boolean ordinary = Stream.of(normal, high)
                .anyMatch(nodes -> nodes.isPresent() && nodes.get().contains(id));
        if (ordinary) {
            return Optional.of(false);
        }
        return memory.isPresent() && normal.isPresent() && memory.get().contains(id)
                ? Optional.of(true)
                : Optional.empty();
    }

    private OptionalInt tier(int id) {
        Integer tier = tiers.get(id);
        return tier == null ? OptionalInt.empty() : OptionalInt.of(tier);
    }

    /* Documentation/ABI/testing/sysfs-kernel-mm-mempolicy-weighted-interleave */
    private OptionalInt weight(int id) {
        return files.smallNumber("sys/kernel/mm/mempolicy/weighted_interleave/node" + id);
    }

    /* No such list is empty on a machine, but captured trees have empty files. */
    private Optional<List<Integer>> list(String name) {
        return files.read(DIRECTORY + "/" + name).map(Numbers::list).filter(nodes -> !nodes.isEmpty());
    }
}
