package io.memkind.testbed;

import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedMap;
import java.util.TreeMap;

/** The machine that the program runs on. */
final class Machine {
    private final Topology topology = Topology.read();

    NodeFacts facts() {
        SortedMap<Integer, Long> totalBytes = new TreeMap<>();
        topology.nodes().forEach(node -> totalBytes.put(node.id(), node.totalBytes()));
        return new NodeFacts(firstCpus().navigableKeySet(), totalBytes, KernelVersion.running());
    }

    /** Lets the calling thread run on a processor of the node only. */
    void runOn(int node) {
        Integer cpu = firstCpus().get(node);
        if (cpu == null) {
            throw new IllegalArgumentException("node " + node + " has no processor");
        }
        Kernel.pinToCpu(cpu);
    }

    /** Memory that nobody uses on the node now. */
    static long freeBytes(int node) {
        return Topology.read().node(node).orElseThrow().freeBytes();
    }

    /** Huge pages of the size that nobody uses now, by node: of the nodes that have such pages, used or not. */
    SortedMap<Integer, Long> freeHugePages(long pageByteSize) throws IOException {
        SortedMap<Integer, Long> free = new TreeMap<>();
        for (NumaNode node : topology.nodes()) {
            Path pool = Path.of("/sys/devices/system/node/node" + node.id(), "hugepages")
                    .resolve("hugepages-" + (pageByteSize >> 10) + "kB");
            if (Files.isDirectory(pool) && read(pool.resolve("nr_hugepages")) > 0) {
                free.put(node.id(), read(pool.resolve("free_hugepages")));
            }
        }
        return free;
    }

    private static long read(Path file) throws IOException {
        return Long.parseLong(Files.readString(file).strip());
    }

    private TreeMap<Integer, Integer> firstCpus() {
        TreeMap<Integer, Integer> cpus = new TreeMap<>();
        for (NumaNode node : topology.nodes()) {
            if (!node.cpus().isEmpty()) {
                cpus.put(node.id(), node.cpus().getFirst());
            }
        }
        return cpus;
    }
}
