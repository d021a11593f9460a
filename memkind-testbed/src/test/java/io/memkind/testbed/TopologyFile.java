package io.memkind.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** A topology file of the testbed, as data: what its lines say, and which node's processors reach each node best. */
final class TopologyFile {
    /** First memory block of an nvdimm, which holds the description of its pages. */
    private static final long NVDIMM_OVERHEAD_MIB = 128;

    /** Of Debian 13. */
    static final KernelVersion NEWER_KERNEL = new KernelVersion(6, 12);

    final SortedSet<Integer> initiators = new TreeSet<>();
    final SortedMap<Integer, Long> mebibytes = new TreeMap<>();
    final SortedSet<Integer> daxNodes = new TreeSet<>();
    final Map<Integer, Integer> bestInitiators = new HashMap<>();
    final Map<Integer, Map<Integer, Integer>> distances = new HashMap<>();
    /** By node, what its best initiator reads: MiB/s and nanoseconds. */
    final Map<Integer, Long> bandwidths = new HashMap<>();

    final Map<Integer, Long> latencies = new HashMap<>();
    boolean knights;
    boolean hmat;
    /** Of Debian 12, unless the file asks for a newer one. */
    KernelVersion kernel = new KernelVersion(6, 1);

    static TopologyFile read(Path file) throws IOException {
        TopologyFile topology = new TopologyFile();
        Map<Integer, Map<Integer, String[]>> values = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] words = line.strip().split("\\s+");
            switch (words[0]) {
                case "cpu" -> topology.knights = line.contains("model=133") || line.contains("model=87");
                case "suite" -> topology.kernel = NEWER_KERNEL;
                case "node" -> topology.node(words);
                case "nvdimm" -> topology.nvdimm(words);
                case "dist" -> {
                    Map<Integer, Integer> row = new HashMap<>();
                    for (int i = 2; i < words.length; i++) {
                        row.put(i - 2, Integer.parseInt(words[i]));
                    }
                    topology.distances.put(Integer.parseInt(words[1]), row);
                }
                case "hmat" ->
                    values.computeIfAbsent(Integer.parseInt(words[2]), target -> new HashMap<>())
                            .put(Integer.parseInt(words[1]), words);
                default -> {}
            }
        }
        topology.hmat = !values.isEmpty();
        topology.attach();
        values.forEach(topology::attributes);
        return topology;
    }

    private void node(String[] words) {
        int id = Integer.parseInt(words[1]);
        mebibytes.put(id, mebibytes(words[2]));
        for (int i = 3; i < words.length; i++) {
            if (words[i].startsWith("cpus=")) {
                initiators.add(id);
                bestInitiators.put(id, id);
            } else if (words[i].startsWith("initiator=")) {
                bestInitiators.put(id, Integer.parseInt(words[i].substring("initiator=".length())));
            }
        }
    }

    private void nvdimm(String[] words) {
        if (words[3].equals("kmem")) {
            int id = Integer.parseInt(words[1]);
            daxNodes.add(id);
            mebibytes.merge(id, mebibytes(words[2]) - NVDIMM_OVERHEAD_MIB, Long::sum);
        }
    }

    private static long mebibytes(String size) {
        long number = Long.parseLong(size.replaceAll("[MG]$", ""));
        return size.endsWith("G") ? number * 1024 : number;
    }

    /** Where the firmware does not say which processors are best, the closest ones are. */
    private void attach() {
        for (int node : mebibytes.keySet()) {
            if (!bestInitiators.containsKey(node)) {
                int best = initiators.first();
                for (int initiator : initiators) {
                    best = distance(initiator, node) < distance(best, node) ? initiator : best;
                }
                bestInitiators.put(node, best);
            }
        }
    }

    private void attributes(int target, Map<Integer, String[]> byInitiator) {
        for (String word : byInitiator.get(bestInitiators.get(target))) {
            if (word.startsWith("bw=")) {
                bandwidths.put(target, Long.parseLong(word.substring(3)));
            } else if (word.startsWith("lat=")) {
                latencies.put(target, Long.parseLong(word.substring(4)));
            }
        }
    }

    int distance(int from, int to) {
        return distances.isEmpty() ? 10 : distances.get(from).get(to);
    }

    NodeFacts facts() {
        return facts(kernel);
    }

    NodeFacts facts(KernelVersion version) {
        return new NodeFacts(initiators, mebibytes, version);
    }
}
