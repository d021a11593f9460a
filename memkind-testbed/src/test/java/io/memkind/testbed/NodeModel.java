package io.memkind.testbed;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;
import java.util.function.IntPredicate;

/**
 * The rules by which the kinds choose nodes, worked out once more from a topology file: the expectation files are written
 * by hand from the published table, and neither must have a slip that the other has not.
 *
 * <p>Results are nodes by initiator; empty where no initiator, or not every one, has any.
 */
final class NodeModel {
    static final long DEFAULT_THRESHOLD = 204_800;

    private final TopologyFile topology;

    NodeModel(TopologyFile topology) {
        this.topology = topology;
    }

    /** All nodes of high bandwidth, by the HMAT or, on Knights processors, without processors. */
    Optional<SortedMap<Integer, SortedSet<Integer>>> highBandwidthAll(long threshold) {
        return each(initiator -> matching(target -> topology.knights
                ? !topology.initiators.contains(target)
                : topology.bestInitiators.get(target) == initiator
                        && topology.bandwidths.getOrDefault(target, -1L) >= threshold));
    }

    Optional<SortedMap<Integer, SortedSet<Integer>>> highBandwidth(long threshold) {
        return highBandwidthAll(threshold).map(this::closest);
    }

    Optional<SortedMap<Integer, SortedSet<Integer>>> daxAll() {
        return each(initiator -> topology.daxNodes);
    }

    Optional<SortedMap<Integer, SortedSet<Integer>>> dax() {
        return daxAll().map(this::closest);
    }

    /** Of each initiator its own node. */
    Optional<SortedMap<Integer, SortedSet<Integer>>> own() {
        return each(initiator -> matching(target -> target == initiator));
    }

    /** All nodes with memory that no other initiator is better for. */
    Optional<SortedMap<Integer, SortedSet<Integer>>> local() {
        return each(initiator -> matching(
                target -> topology.bestInitiators.get(target) == initiator && topology.mebibytes.get(target) > 0));
    }

    /** Most memory; of equals the farther node. */
    Optional<SortedMap<Integer, SortedSet<Integer>>> capacityLocal() {
        return each(initiator -> best(
                initiator,
                topology.mebibytes,
                Comparator.<Integer, Long>comparing(topology.mebibytes::get)
                        .thenComparing(target -> topology.distance(initiator, target))));
    }

    /** Most bandwidth; of equals the smaller node. On Knights processors that of the memory without processors. */
    Optional<SortedMap<Integer, SortedSet<Integer>>> bandwidthLocal() {
        if (topology.knights) {
            return highBandwidth(DEFAULT_THRESHOLD);
        }
        return each(initiator -> best(
                initiator,
                topology.bandwidths,
                Comparator.<Integer, Long>comparing(topology.bandwidths::get)
                        .thenComparing(topology.mebibytes::get, Comparator.reverseOrder())));
    }

    /** Least latency; of equals the smaller node. */
    Optional<SortedMap<Integer, SortedSet<Integer>>> latencyLocal() {
        return each(initiator -> best(
                initiator,
                topology.latencies,
                Comparator.<Integer, Long>comparing(topology.latencies::get)
                        .thenComparing(topology.mebibytes::get)
                        .reversed()));
    }

    private SortedSet<Integer> best(int initiator, Map<Integer, Long> values, Comparator<Integer> order) {
        SortedSet<Integer> best = new TreeSet<>();
        matching(target -> topology.bestInitiators.get(target) == initiator && values.containsKey(target)).stream()
                .max(order)
                .ifPresent(best::add);
        return best;
    }

    private SortedSet<Integer> matching(IntPredicate predicate) {
        SortedSet<Integer> nodes = new TreeSet<>(topology.mebibytes.keySet());
        nodes.removeIf(node -> !predicate.test(node));
        return nodes;
    }

    private SortedMap<Integer, SortedSet<Integer>> closest(SortedMap<Integer, SortedSet<Integer>> all) {
        SortedMap<Integer, SortedSet<Integer>> closest = new TreeMap<>();
        all.forEach((initiator, targets) -> {
            int least = targets.stream()
                    .mapToInt(target -> topology.distance(initiator, target))
                    .min()
                    .orElseThrow();
            SortedSet<Integer> nodes = new TreeSet<>(targets);
            nodes.removeIf(target -> topology.distance(initiator, target) > least);
            closest.put(initiator, nodes);
        });
        return closest;
    }

    private Optional<SortedMap<Integer, SortedSet<Integer>>> each(IntFunction<SortedSet<Integer>> nodes) {
        SortedMap<Integer, SortedSet<Integer>> all = new TreeMap<>();
        for (int initiator : topology.initiators) {
            SortedSet<Integer> found = nodes.apply(initiator);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            all.put(initiator, found);
        }
        return Optional.of(all);
    }
}
