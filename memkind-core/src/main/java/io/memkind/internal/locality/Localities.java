package io.memkind.internal.locality;

import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Finds the processors that the memory of each node is near to. A node without processors is near to those of its best
 * initiators; where the firmware names none, to those of the nodes at the least distance, unless all are equally far.
 */
public final class Localities {
    private final List<NumaNode> nodes;
    private final SortedMap<Integer, BitSet> cpus = new TreeMap<>();

    private Localities(List<NumaNode> nodes) {
        this.nodes = nodes;
    }

    /**
     * Places the nodes of a machine, those that this process may not use too.
     *
     * @param topology the machine
     * @return its nodes in hwloc's logical order
     */
    public static List<PlacedNode> of(Topology topology) {
        List<NumaNode> ordered = topology.nodes().stream()
                .sorted(Comparator.comparingInt(NumaNode::id))
                .toList();
        return new Localities(ordered).place(KnightsLayout.of(topology));
    }

    /**
     * Picks the nodes that stand for processors, as hwloc is walked by the C library: a node whose processors others before it
     * are near to already adds none.
     *
     * @param nodes all nodes, in hwloc's logical order
     * @return those of them that add a processor, in the same order
     */
    public static List<PlacedNode> initiators(List<PlacedNode> nodes) {
        BitSet seen = new BitSet();
        return nodes.stream().filter(node -> node.addProcessorsTo(seen)).toList();
    }

    private List<PlacedNode> place(Optional<KnightsLayout> knights) {
        for (NumaNode node : nodes) {
            BitSet own = new BitSet();
            node.cpus().forEach(own::set);
            cpus.put(node.id(), own);
        }
        Map<Integer, Integer> pairs = knights.map(KnightsLayout::fastNodeByNode).orElse(Map.of());
        if (pairs.isEmpty()) {
            addInitiators();
        } else {
            pairs.forEach((slow, fast) -> of(fast).or(of(slow)));
        }
        return hang(pairs.isEmpty() ? Optional.empty() : knights);
    }

    private BitSet of(int node) {
        BitSet found = cpus.get(node);
        return found == null ? new BitSet() : found; // an initiator that is no node has no processors
    }

    /* Nodes with processors come first, so that those without see what the others have become. */
    private void addInitiators() {
        boolean distancesKnown = distancesKnown();
        for (NumaNode node : nodes) {
            if (!node.cpus().isEmpty()) {
                addInitiatorsOf(node);
            }
        }
        for (NumaNode node : nodes) {
            if (node.cpus().isEmpty()) {
                addInitiatorsOf(node);
                if (of(node.id()).isEmpty() && distancesKnown) {
                    addNearest(node);
                }
            }
        }
    }

    private void addInitiatorsOf(NumaNode node) {
        Performance.access(node).ifPresent(access -> {
            for (int initiator : access.initiators()) {
                of(node.id()).or(of(initiator));
            }
        });
    }

    private boolean distancesKnown() {
        return nodes.size() > 1
                && nodes.stream()
                        .allMatch(from -> nodes.stream()
                                .allMatch(to -> from.distanceTo(to.id()).isPresent()));
    }

    private void addNearest(NumaNode node) {
        int least = Integer.MAX_VALUE;
        List<Integer> nearest = new ArrayList<>();
        for (NumaNode other : nodes) {
            int distance = node.distanceTo(other.id()).orElse(Integer.MAX_VALUE);
            if (other.id() != node.id() && distance <= least) {
                if (distance < least) {
                    nearest.clear();
                }
                least = distance;
                nearest.add(other.id());
            }
        }
        boolean farther = least > node.distanceTo(node.id()).orElse(0);
        if (farther && nearest.size() < nodes.size() - 1) {
            nearest.forEach(other -> of(node.id()).or(of(other)));
        }
    }

    private List<PlacedNode> hang(Optional<KnightsLayout> knights) {
        BitSet machine = new BitSet();
        cpus.values().forEach(machine::or);
        Places places = new Places(machine);
        List<PlacedNode> placed = new ArrayList<>();
        List<NumaNode> withCpusFirst = nodes.stream()
                .sorted(Comparator.comparing(node -> node.cpus().isEmpty()))
                .toList();
        for (NumaNode node : withCpusFirst) {
            BitSet initiators = of(node.id());
            Performance performance =
                    knights.map(layout -> layout.performanceOf(node.id())).orElseGet(() -> Performance.of(node));
            placed.add(new PlacedNode(node, places.placeFor(initiators), initiators, performance));
        }
        placed.sort(places.order());
        return List.copyOf(placed);
    }
}
