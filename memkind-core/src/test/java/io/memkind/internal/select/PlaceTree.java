package io.memkind.internal.select;

import io.memkind.topology.NumaNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The tree of places that nodes hang from, built and walked as such: for {@link SelectionOracle}. */
final class PlaceTree {
    private final Set<Integer> cpus;
    private final List<PlaceTree> children = new ArrayList<>();
    private final Set<Integer> nodes = new TreeSet<>();

    private PlaceTree(Set<Integer> cpus) {
        this.cpus = cpus;
    }

    /** The processors of the place of each node, in the order of a walk. */
    static Map<Integer, Set<Integer>> walk(List<NumaNode> nodes, Map<Integer, Set<Integer>> near) {
        PlaceTree root = new PlaceTree(new TreeSet<>());
        near.values().forEach(root.cpus::addAll);
        List<Integer> nowhere = new ArrayList<>();
        List<NumaNode> withCpusFirst = nodes.stream()
                .sorted(Comparator.comparing((NumaNode node) -> node.cpus().isEmpty())
                        .thenComparing(NumaNode::id))
                .toList();
        for (NumaNode node : withCpusFirst) {
            Set<Integer> cpus = near.getOrDefault(node.id(), Set.of());
            if (cpus.isEmpty()) {
                nowhere.add(node.id());
            } else {
                root.placeFor(cpus).nodes.add(node.id());
            }
        }
        Map<Integer, Set<Integer>> order = new LinkedHashMap<>();
        root.visit(order);
        nowhere.stream().sorted().forEach(id -> order.put(id, Set.of()));
        return order;
    }

    private PlaceTree placeFor(Set<Integer> wanted) {
        if (wanted.equals(cpus)) {
            return this;
        }
        for (PlaceTree child : children) {
            if (child.cpus.containsAll(wanted)) {
                return child.placeFor(wanted);
            }
        }
        List<PlaceTree> inner = new ArrayList<>();
        for (PlaceTree child : children) {
            if (wanted.containsAll(child.cpus)) {
                inner.add(child);
            } else if (child.cpus.stream().anyMatch(wanted::contains)) {
                return this;
            }
        }
        PlaceTree place = new PlaceTree(wanted);
        place.children.addAll(inner);
        children.removeAll(inner);
        children.add(place);
        return place;
    }

    private void visit(Map<Integer, Set<Integer>> order) {
        Map<Integer, PlaceTree> byFirstCpu = new TreeMap<>();
        children.forEach(child -> byFirstCpu.put(child.cpus.iterator().next(), child));
        byFirstCpu.values().forEach(child -> child.visit(order));
        nodes.forEach(id -> order.put(id, cpus));
    }
}
