package io.memkind.testbed;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.topology.Topology;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Pages of WEIGHTED_INTERLEAVE must be on its nodes in turn, on each as many in a row as its weight says. New weights hold for
 * pages that are touched later, and move none; a weight of 0 stands for the kernel's own: the kernel's
 * Documentation/ABI/testing/sysfs-kernel-mm-mempolicy-weighted-interleave.
 *
 * @param weights by node, 1 to 255 pages: one for each node of the kind
 */
record InterleaveWeights(SortedMap<Integer, Integer> weights) implements Scenario {
    private static final String KIND = "weighted_interleave";
    private static final Path DIRECTORY = Path.of("/sys/kernel/mm/mempolicy/weighted_interleave");
    private static final int ROUNDS = 20;

    InterleaveWeights {
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    }

    /**
     * @param text such as {@code 0:3,1:1}
     * @throws IllegalArgumentException if it is not of that form
     */
    static InterleaveWeights parse(String text) {
        SortedMap<Integer, Integer> weights = new TreeMap<>();
        for (String part : text.split(",", -1)) {
            String[] numbers = part.split(":", -1);
            if (numbers.length != 2
                    || !numbers[1].matches("[0-9]{1,3}")
                    || Integer.parseInt(numbers[1]) < 1
                    || Integer.parseInt(numbers[1]) > 255
                    || weights.put(NodeLists.parse(numbers[0]).first(), Integer.parseInt(numbers[1])) != null) {
                throw new IllegalArgumentException("'" + text + "' is no list of weights such as 0:3,1:1");
            }
        }
        return new InterleaveWeights(weights);
    }

    @Override
    public void play(Machine machine, ExpectedRun run, Checks checks) throws IOException, InterruptedException {
        int initiator = machine.facts().initiators().first();
        if (!(run.expectation(KIND, initiator) instanceof Expectation.OnNodes on)
                || !on.pageNodes().equals(weights.keySet())) {
            throw new IllegalArgumentException("interleave-weights: " + weights.keySet()
                    + " are not the nodes that the run has for " + KIND + " under kernel "
                    + machine.facts().kernel());
        }
        machine.runOn(initiator);
        SortedMap<Integer, Integer> before = read(weights.keySet());
        try {
            look(checks);
            memkindCommand(checks);
        } finally {
            write(before);
        }
    }

    private void look(Checks checks) throws IOException {
        MemoryKind kind = Kinds.WEIGHTED_INTERLEAVE;
        /* Free memory that it keeps may have pages already, from other weights. */
        kind.trim();
        SortedMap<Integer, Integer> rotated = rotated();
        int pages =
                ROUNDS * weights.values().stream().mapToInt(weight -> weight).sum();
        long byteSize = pages * Probe.PAGE_BYTES;
        MemorySegment block = kind.allocateUninitialized(3 * byteSize, Probe.PAGE_BYTES);
        try {
            checks.expectTrue(
                    KIND + ", a new block",
                    "no page that was not written to",
                    Arrays.stream(Kernel.nodesOfPages(block.address(), 3 * pages))
                            .allMatch(node -> node < 0),
                    "some");
            int[] first = touched(block.asSlice(0, byteSize), weights, checks);
            touched(block.asSlice(byteSize, byteSize), rotated, checks);
            checks.expectTrue(
                    KIND + ", pages from before the weights changed",
                    "to be where they were",
                    Arrays.equals(first, Kernel.nodesOfPages(block.address(), pages)),
                    "others");
            SortedMap<Integer, Integer> none = new TreeMap<>(weights);
            none.replaceAll((node, weight) -> 0);
            touched(block.asSlice(2 * byteSize, byteSize), none, checks);
        } finally {
            kind.free(block);
            kind.trim();
        }
    }

    /** Each node has the weight of the one before. */
    private SortedMap<Integer, Integer> rotated() {
        List<Integer> values = new ArrayList<>(weights.values());
        Collections.rotate(values, 1);
        SortedMap<Integer, Integer> rotated = new TreeMap<>();
        weights.keySet().forEach(node -> rotated.put(node, values.get(rotated.size())));
        return rotated;
    }

    /** Sets weights, writes to the pages and looks where they came to be. */
    private static int[] touched(MemorySegment block, SortedMap<Integer, Integer> written, Checks checks)
            throws IOException {
        write(written);
        SortedMap<Integer, Integer> inForce = read(written.keySet());
        boolean own = written.containsValue(0);
        String subject = KIND + " with weights " + (own ? "of the kernel's own" : written);
        checks.expectTrue(
                subject + ", in " + DIRECTORY,
                own ? "1 to 255 each" : "those",
                own
                        ? inForce.values().stream().allMatch(weight -> weight >= 1 && weight <= 255)
                        : inForce.equals(written),
                inForce);
        SortedMap<Integer, Integer> seen = new TreeMap<>();
        Topology.read()
                .nodes()
                .forEach(node -> node.interleaveWeight().ifPresent(weight -> seen.put(node.id(), weight)));
        checks.expectEqual(subject + ", in Topology", inForce, seen);
        Probe.touch(block);
        int[] nodes = Kernel.nodesOfPages(block.address(), Math.toIntExact(block.byteSize() / Probe.PAGE_BYTES));
        checks.expect(subject + ", " + nodes.length + " pages", "by turns of " + inForce, mismatch(nodes, inForce));
        return nodes;
    }

    /** Where in the round the first page is, its address decides. */
    static Optional<String> mismatch(int[] nodesOfPages, SortedMap<Integer, Integer> weights) {
        List<Integer> round = new ArrayList<>();
        weights.forEach((node, weight) -> round.addAll(Collections.nCopies(weight, node)));
        int farthest = -1;
        for (int start = 0; start < round.size(); start++) {
            int page = 0;
            while (page < nodesOfPages.length && nodesOfPages[page] == round.get((start + page) % round.size())) {
                page++;
            }
            if (page == nodesOfPages.length) {
                return Optional.empty();
            }
            farthest = Math.max(farthest, page);
        }
        SortedMap<Integer, Long> counts = Arrays.stream(nodesOfPages)
                .boxed()
                .collect(Collectors.groupingBy(node -> node, TreeMap::new, Collectors.counting()));
        return Optional.of("page " + farthest + " on node " + nodesOfPages[farthest] + ", pages by node " + counts);
    }

    /** What {@code memkind kinds} and {@code memkind topology} say. */
    private void memkindCommand(Checks checks) throws IOException, InterruptedException {
        write(weights);
        Programs.Ended kinds = Programs.memkind("kinds");
        checks.expectTrue(
                "memkind kinds",
                "memkind_" + KIND + " to be available",
                kinds.status() == 0
                        && kinds.output().lines().anyMatch(line -> line.matches("memkind_" + KIND + " +yes +.*")),
                kinds);
        Programs.Ended topology = Programs.memkind("topology", "--json");
        SortedMap<Integer, Integer> shown = new TreeMap<>();
        Pattern.compile("\"id\":\\s*(\\d+)|\"interleaveWeight\":\\s*(\\d+)")
                .matcher(topology.output())
                .results()
                .forEach(result -> {
                    if (result.group(1) != null) {
                        shown.put(Integer.valueOf(result.group(1)), 0);
                    } else if (!shown.isEmpty()) {
                        shown.replace(shown.lastKey(), Integer.valueOf(result.group(2)));
                    }
                });
        checks.expectEqual("memkind topology, weights", weights, shown);
    }

    private static SortedMap<Integer, Integer> read(Collection<Integer> nodes) throws IOException {
        SortedMap<Integer, Integer> weights = new TreeMap<>();
        for (int node : nodes) {
            weights.put(node, Integer.valueOf(Files.readString(file(node)).strip()));
        }
        return weights;
    }

    private static void write(SortedMap<Integer, Integer> weights) throws IOException {
        for (var weight : weights.entrySet()) {
            Files.writeString(file(weight.getKey()), weight.getValue() + "\n");
        }
    }

    private static Path file(int node) {
        return DIRECTORY.resolve("node" + node);
    }
}
