package io.memkind.internal.locality;

import io.memkind.topology.AccessAttributes;
import io.memkind.topology.DaxDevice;
import io.memkind.topology.HugePagePool;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Processor;
import io.memkind.topology.Topology;
import io.memkind.topology.TransparentHugePages;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Builds made-up machines; the one place in the tests where the records of a topology are constructed. */
public final class Machines {
    /** Stands for a value that the firmware does not tell. */
    public static final long UNKNOWN = -1;

    private record Node(List<Integer> cpus, long mib) {}

    private final SortedMap<Integer, Node> nodes = new TreeMap<>();
    private final Map<Integer, Map<Integer, Integer>> distances = new HashMap<>();
    private final Map<Integer, SortedMap<Integer, AccessAttributes>> access = new HashMap<>();
    private final Map<Integer, List<HugePagePool>> nodePools = new HashMap<>();
    private final List<HugePagePool> pools = new ArrayList<>();
    private final List<DaxDevice> daxDevices = new ArrayList<>();
    private Optional<List<Integer>> allowed = Optional.empty();
    private Processor processor = Processor.UNKNOWN;
    private long totalBytes;

    private Machines() {}

    public static Machines empty() {
        return new Machines();
    }

    /** A node with memory in MiB and processors such as {@code 0-3,8}; none if empty. */
    public Machines node(int id, String cpus, long mib) {
        nodes.put(id, new Node(numbers(cpus), mib));
        return this;
    }

    /** All distances, row by row, in the order of the ids of the nodes added so far. */
    public Machines distances(int... matrix) {
        List<Integer> ids = List.copyOf(nodes.keySet());
        if (matrix.length != ids.size() * ids.size()) {
            throw new IllegalArgumentException(matrix.length + " distances for " + ids.size() + " nodes");
        }
        for (int i = 0; i < matrix.length; i++) {
            distance(ids.get(i / ids.size()), ids.get(i % ids.size()), matrix[i]);
        }
        return this;
    }

    public Machines distance(int from, int to, int distance) {
        distances.computeIfAbsent(from, id -> new HashMap<>()).put(to, distance);
        return this;
    }

    /** Values of access class 1, the same for reading and writing. */
    public Machines access(int target, List<Integer> initiators, long mibps, long nanos) {
        return access(1, target, initiators, mibps, mibps, nanos, nanos);
    }

    public Machines access(
            int accessClass,
            int target,
            List<Integer> initiators,
            long readMibps,
            long writeMibps,
            long readNanos,
            long writeNanos) {
        access.computeIfAbsent(target, id -> new TreeMap<>())
                .put(
                        accessClass,
                        new AccessAttributes(
                                accessClass,
                                initiators.stream().sorted().toList(),
                                known(readMibps),
                                known(writeMibps),
                                known(readNanos),
                                known(writeNanos)));
        return this;
    }

    public Machines allowed(Integer... ids) {
        allowed = Optional.of(List.of(ids));
        return this;
    }

    /** A DAX device; the target node is unknown if negative. */
    public Machines dax(String name, int targetNode, boolean systemRam) {
        OptionalInt target = targetNode < 0 ? OptionalInt.empty() : OptionalInt.of(targetNode);
        daxDevices.add(new DaxDevice(name, 1L << 30, target, systemRam));
        return this;
    }

    public Machines intel(int family, int model) {
        return processor("GenuineIntel", family, model);
    }

    public Machines processor(String vendor, int family, int model) {
        processor = new Processor(vendor, family, model);
        return this;
    }

    public Machines pool(long pageByteSize, long totalPages, long overcommitPages) {
        pools.add(new HugePagePool(pageByteSize, totalPages, 0, overcommitPages));
        return this;
    }

    public Machines nodePool(int node, long pageByteSize, long totalPages) {
        nodePools.computeIfAbsent(node, id -> new ArrayList<>()).add(new HugePagePool(pageByteSize, totalPages, 0, 0));
        return this;
    }

    public Machines totalBytes(long bytes) {
        totalBytes = bytes;
        return this;
    }

    public Topology build() {
        List<NumaNode> built = new ArrayList<>();
        nodes.forEach((id, node) -> built.add(new NumaNode(
                id,
                node.cpus(),
                node.mib() << 20,
                0,
                distances.getOrDefault(id, Map.of()),
                List.copyOf(access.getOrDefault(id, new TreeMap<>()).values()),
                nodePools.getOrDefault(id, List.of()))));
        return new Topology(
                built,
                pools,
                TransparentHugePages.UNKNOWN,
                totalBytes,
                0,
                allowed.orElse(List.copyOf(nodes.keySet())),
                daxDevices,
                processor);
    }

    private static OptionalLong known(long value) {
        return value == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(value);
    }

    /** The numbers of a list such as {@code 0-3,8}. */
    public static List<Integer> numbers(String list) {
        List<Integer> numbers = new ArrayList<>();
        for (String part : list.split(",", -1)) {
            if (!part.isEmpty()) {
                String[] ends = part.split("-", -1);
                int first = Integer.parseInt(ends[0]);
                IntStream.rangeClosed(first, Integer.parseInt(ends[ends.length - 1]))
                        .forEach(numbers::add);
            }
        }
        return numbers;
    }
}
