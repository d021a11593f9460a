package io.memkind.internal.select;

import io.memkind.topology.AccessAttributes;
import io.memkind.topology.DaxDevice;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The rules once more, slowly, from the description of the C library. Gives targets by initiator, or the error. */
final class SelectionOracle {
    private static final class Refusal extends RuntimeException {
        private static final long serialVersionUID = 1L;
        private final transient SelectionError error;

        Refusal(SelectionError error) {
            super(error.name());
            this.error = error;
        }
    }

    private final Map<Integer, NumaNode> nodes = new TreeMap<>();
    private final Set<Integer> usable = new TreeSet<>();
    private final Topology topology;
    private final NodeOverrides overrides;
    private final Map<Integer, Set<Integer>> near = new HashMap<>();
    private final Map<Integer, long[]> values = new HashMap<>();
    private final Map<Integer, Set<Integer>> places;

    private SelectionOracle(Topology topology, NodeOverrides overrides) {
        this.topology = topology;
        this.overrides = overrides;
        topology.nodes().forEach(node -> nodes.put(node.id(), node));
        boolean sized = nodes.values().stream().anyMatch(node -> node.totalBytes() > 0);
        nodes.forEach((id, node) -> {
            if (topology.allowedNodes().contains(id) && (!sized || node.totalBytes() > 0)) {
                usable.add(id);
            }
        });
        locate();
        places = PlaceTree.walk(List.copyOf(nodes.values()), near);
    }

    static Object select(NodeRule rule, Topology topology, NodeOverrides overrides) {
        try {
            SortedMap<Integer, Set<Integer>> found = new SelectionOracle(topology, overrides).select(rule);
            SortedMap<Integer, List<Integer>> lists = new TreeMap<>();
            found.forEach((initiator, targets) -> lists.put(initiator, List.copyOf(new TreeSet<>(targets))));
            return lists;
        } catch (Refusal refusal) {
            return refusal.error;
        }
    }

    private SortedMap<Integer, Set<Integer>> select(NodeRule rule) {
        if (rule != NodeRule.ANY && usable.isEmpty()) {
            throw new Refusal(SelectionError.UNAVAILABLE);
        }
        String name = rule.name();
        if (name.startsWith("HBW")) {
            return hbw(name.substring(3));
        }
        if (name.startsWith("DAX_KMEM")) {
            Set<Integer> source = overrides.daxKmemNodes().map(this::named).orElseGet(() -> {
                Set<Integer> found = new TreeSet<>();
                for (DaxDevice device : topology.daxDevices()) {
                    if (device.systemRam() && device.targetNode().isPresent()) {
                        found.add(device.targetNode().getAsInt());
                    }
                }
                return found;
            });
            return closest(source, name.substring("DAX_KMEM".length()));
        }
        return switch (rule) {
            case LOCAL_CAPACITY, LOCAL_LATENCY, LOCAL_BANDWIDTH -> local(rule);
            case HIGHEST_CAPACITY, HIGHEST_CAPACITY_SINGLE -> everywhere(largest(rule));
            case WITH_PROCESSORS -> {
                Set<Integer> regular = new TreeSet<>(usable);
                regular.removeIf(id -> node(id).cpus().isEmpty());
                if (regular.isEmpty()) {
                    throw new Refusal(SelectionError.UNAVAILABLE);
                }
                yield everywhere(regular);
            }
            default -> everywhere(usable);
        };
    }

    private NumaNode node(int id) {
        return Objects.requireNonNull(nodes.get(id));
    }

    private Set<Integer> nearTo(int id) {
        return near.computeIfAbsent(id, key -> new TreeSet<>());
    }

    private Set<Integer> place(int id) {
        return Objects.requireNonNull(places.get(id));
    }

    private SortedMap<Integer, Set<Integer>> everywhere(Set<Integer> targets) {
        SortedMap<Integer, Set<Integer>> found = new TreeMap<>();
        nodes.forEach((id, node) -> {
            if (!node.cpus().isEmpty()) {
                found.put(id, targets);
            }
        });
        return found;
    }

    private Set<Integer> largest(NodeRule rule) {
        long most = 1;
        for (int id : usable) {
            most = Math.max(most, node(id).totalBytes());
        }
        Set<Integer> found = new TreeSet<>();
        for (int id : usable) {
            if (node(id).totalBytes() == most) {
                found.add(id);
            }
        }
        if (found.isEmpty() || (rule == NodeRule.HIGHEST_CAPACITY_SINGLE && found.size() > 1)) {
            throw new Refusal(SelectionError.MEMTYPE_NOT_AVAILABLE);
        }
        return found;
    }

    private Set<Integer> named(List<Integer> list) {
        if (list.isEmpty()) {
            throw new Refusal(SelectionError.UNAVAILABLE);
        }
        if (!usable.containsAll(list)) {
            throw new Refusal(SelectionError.ENVIRON);
        }
        return new TreeSet<>(list);
    }

    private long distance(int from, int to) {
        return node(from).distanceTo(to).isPresent()
                ? node(from).distanceTo(to).getAsInt()
                : from == to ? 10 : Integer.MAX_VALUE;
    }

    private Set<Integer> minimal(int from, Set<Integer> targets) {
        Set<Integer> kept = new TreeSet<>(targets);
        kept.removeIf(id -> targets.stream().anyMatch(other -> distance(from, other) < distance(from, id)));
        return kept;
    }

    private SortedMap<Integer, Set<Integer>> closest(Set<Integer> source, String variant) {
        Set<Integer> targets = new TreeSet<>(source);
        targets.retainAll(usable);
        SortedMap<Integer, Set<Integer>> found = everywhere(targets);
        if (targets.isEmpty() || found.isEmpty()) {
            throw new Refusal(SelectionError.UNAVAILABLE);
        }
        if (!variant.equals("_ALL")) {
            found.replaceAll((id, all) -> minimal(id, all));
        }
        if (variant.equals("_SINGLE") && found.values().stream().anyMatch(kept -> kept.size() > 1)) {
            throw new Refusal(SelectionError.RUNTIME);
        }
        return found;
    }

    private boolean knights() {
        int model = topology.processor().model();
        return topology.processor().vendor().equals("GenuineIntel")
                && topology.processor().family() == 6
                && (model == 0x57 || model == 0x85);
    }

    /* The fast nodes of a Xeon Phi; none if the layout is another. */
    private Set<Integer> fastNodes() {
        Set<Integer> slow = new TreeSet<>();
        Set<Integer> fast = new TreeSet<>();
        boolean sized = nodes.values().stream().anyMatch(node -> node.totalBytes() > 0);
        nodes.forEach((id, node) -> {
            if (!sized || node.totalBytes() > 0) {
                (node.cpus().isEmpty() ? fast : slow).add(id);
            }
        });
        int size = fast.size();
        boolean flat = knights() && size == slow.size() && (size == 1 || size == 2 || size == 4);
        return flat ? fast : Set.of();
    }

    private SortedMap<Integer, Set<Integer>> hbw(String variant) {
        if (overrides.highBandwidthNodes().isPresent()) {
            return closest(named(overrides.highBandwidthNodes().get()), variant);
        }
        if (knights()) {
            return closest(fastNodes(), variant);
        }
        long threshold = overrides.highBandwidthThresholdMiBps().orElse(204_800);
        SortedMap<Integer, Set<Integer>> found = new TreeMap<>();
        for (int initiator : initiatorsInOrder()) {
            Set<Integer> fast = new TreeSet<>();
            for (int target : usable) {
                OptionalLong bandwidth = value(target, initiator, 0);
                if (bandwidth.isPresent() && bandwidth.getAsLong() >= threshold) {
                    fast.add(target);
                }
            }
            Set<Integer> kept = variant.equals("_ALL") ? fast : minimal(initiator, fast);
            if (kept.isEmpty() && usable.contains(initiator)) {
                throw new Refusal(SelectionError.MEMTYPE_NOT_AVAILABLE);
            }
            if (variant.equals("_SINGLE") && kept.size() > 1) {
                throw new Refusal(SelectionError.RUNTIME);
            }
            if (!kept.isEmpty()) {
                for (int id : nodesOf(initiator)) {
                    found.computeIfAbsent(id, key -> new TreeSet<>()).addAll(kept);
                }
            }
        }
        if (found.isEmpty()) {
            throw new Refusal(SelectionError.MEMTYPE_NOT_AVAILABLE);
        }
        return found;
    }

    private SortedMap<Integer, Set<Integer>> local(NodeRule rule) {
        SortedMap<Integer, Set<Integer>> found = new TreeMap<>();
        for (int initiator : initiatorsInOrder()) {
            int best = -1;
            for (int id : places.keySet()) {
                if (usable.contains(id) && place(id).equals(place(initiator)) && hasValue(id, initiator, rule)) {
                    best = best < 0 || better(id, best, initiator, rule) ? id : best;
                }
            }
            if (best < 0 && usable.contains(initiator)) {
                throw new Refusal(SelectionError.MEMTYPE_NOT_AVAILABLE);
            }
            if (best >= 0) {
                for (int id : nodesOf(initiator)) {
                    found.put(id, Set.of(best));
                }
            }
        }
        if (found.isEmpty()) {
            throw new Refusal(SelectionError.MEMTYPE_NOT_AVAILABLE);
        }
        return found;
    }

    private boolean hasValue(int id, int initiator, NodeRule rule) {
        return rule == NodeRule.LOCAL_CAPACITY
                ? node(id).totalBytes() > 0
                : value(id, initiator, rule == NodeRule.LOCAL_BANDWIDTH ? 0 : 1).isPresent();
    }

    private boolean better(int a, int b, int initiator, NodeRule rule) {
        long sizeA = node(a).totalBytes();
        long sizeB = node(b).totalBytes();
        if (rule == NodeRule.LOCAL_CAPACITY) {
            return sizeA > sizeB || (sizeA == sizeB && distance(initiator, a) > distance(initiator, b));
        }
        int index = rule == NodeRule.LOCAL_BANDWIDTH ? 0 : 1;
        long valueA = value(a, initiator, index).orElseThrow();
        long valueB = value(b, initiator, index).orElseThrow();
        boolean improves = index == 0 ? valueA > valueB : valueA < valueB;
        return improves || (valueA == valueB && sizeA < sizeB);
    }

    private List<Integer> initiatorsInOrder() {
        Set<Integer> seen = new HashSet<>();
        List<Integer> found = new ArrayList<>();
        places.forEach((id, cpus) -> {
            if (seen.addAll(cpus)) {
                found.add(id);
            }
        });
        return found;
    }

    private List<Integer> nodesOf(int initiator) {
        return nodes.values().stream()
                .filter(node -> !node.cpus().isEmpty())
                .filter(node -> place(initiator).contains(node.cpus().get(0)))
                .map(NumaNode::id)
                .toList();
    }

    /* Bandwidth (0) or latency (1) of a target for the processors of an initiator. */
    private OptionalLong value(int target, int initiator, int index) {
        long value = values.getOrDefault(target, new long[2])[index];
        boolean holds = !place(initiator).isEmpty() && nearTo(target).containsAll(place(initiator));
        return value > 0 && holds ? OptionalLong.of(value) : OptionalLong.empty();
    }

    private void locate() {
        nodes.forEach((id, node) -> nearTo(id).addAll(node.cpus()));
        Map<Integer, Integer> pairs = knightsPairs();
        if (!pairs.isEmpty()) {
            pairs.forEach((fast, slow) -> {
                nearTo(fast).addAll(node(slow).cpus());
                values.put(fast, new long[] {360_000 / pairs.size(), 0});
            });
            nodes.keySet().stream()
                    .filter(id -> !pairs.containsKey(id))
                    .forEach(id -> values.put(id, new long[] {90_000 / pairs.size(), 0}));
            return;
        }
        boolean matrix = nodes.size() > 1;
        for (NumaNode from : nodes.values()) {
            for (int to : nodes.keySet()) {
                matrix &= from.distances().containsKey(to);
            }
        }
        for (boolean cpus : new boolean[] {true, false}) {
            for (NumaNode node : nodes.values()) {
                if (node.cpus().isEmpty() != cpus) {
                    locate(node, matrix && !cpus);
                }
            }
        }
    }

    private void locate(NumaNode node, boolean byDistance) {
        Map<Integer, AccessAttributes> classes = new LinkedHashMap<>();
        node.access().forEach(access -> classes.put(access.accessClass(), access));
        AccessAttributes access = classes.containsKey(1) ? classes.get(1) : classes.get(0);
        if (access != null) {
            access.initiators().stream()
                    .filter(nodes::containsKey)
                    .forEach(id -> nearTo(node.id()).addAll(List.copyOf(nearTo(id))));
            values.put(node.id(), new long[] {
                mean(access.readBandwidthMiBps(), access.writeBandwidthMiBps()),
                mean(access.readLatencyNanos(), access.writeLatencyNanos())
            });
        }
        if (byDistance && nearTo(node.id()).isEmpty()) {
            Set<Integer> others = new TreeSet<>(nodes.keySet());
            others.remove(node.id());
            Set<Integer> closest = minimal(node.id(), others);
            boolean farther = closest.stream().allMatch(id -> distance(node.id(), id) > distance(node.id(), node.id()));
            if (farther && closest.size() < others.size()) {
                closest.forEach(id -> nearTo(node.id()).addAll(List.copyOf(nearTo(id))));
            }
        }
    }

    private static long mean(OptionalLong read, OptionalLong write) {
        return read.orElse(0) > 0 && write.orElse(0) > 0 ? (read.getAsLong() + write.getAsLong()) / 2 : 0;
    }

    /* Slow node by fast node; empty if the distances do not give one for each. */
    private Map<Integer, Integer> knightsPairs() {
        Set<Integer> fast = fastNodes();
        boolean sized = nodes.values().stream().anyMatch(node -> node.totalBytes() > 0);
        Set<Integer> slow = new TreeSet<>(nodes.keySet());
        slow.removeIf(id -> node(id).cpus().isEmpty() || (sized && node(id).totalBytes() == 0));
        Map<Integer, Integer> pairs = new TreeMap<>();
        for (int id : fast) {
            Set<Integer> closest = minimal(id, slow);
            int first = closest.iterator().next();
            if (closest.size() == 1 && distance(id, first) < Integer.MAX_VALUE && !pairs.containsValue(first)) {
                pairs.put(id, first);
            }
        }
        return pairs.size() == fast.size() ? pairs : Map.of();
    }
}
