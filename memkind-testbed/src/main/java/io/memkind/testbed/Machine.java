package io.memkind.testbed;

import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.SortedMap;
import java.util.TreeMap;

/** The machine that the program runs on. */
final class Machine {
    private final Topology topology = Topology.read();

    NodeFacts facts() {
        SortedMap<Integer, Long> totalBytes = new TreeMap<>();
        topology.nodes().forEach(node -> totalBytes.put(node.id(), node.totalBytes()));
        return new NodeFacts(firstCpus().navigableKeySet(), totalBytes);
    }

    /** Lets the calling thread run on a processor of the node only. */
    void runOn(int node) {
        Integer cpu = firstCpus().get(node);
        if (cpu == null) {
            throw new IllegalArgumentException("node " + node + " has no processor");
        }
        Kernel.pinToCpu(cpu);
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
