package io.memkind.internal.select;

import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/** The outcome of a rule on a machine. */
public sealed interface Selection {
    /**
     * Nodes were found.
     *
     * @param targetsByInitiator for the id of a node with processors, the ids of the nodes that its threads take memory
     *     from, ascending and not empty
     * @param union ids of all targets, ascending; empty only if nothing is bound on a machine without NUMA
     */
    record Nodes(SortedMap<Integer, List<Integer>> targetsByInitiator, List<Integer> union) implements Selection {
        /**
         * Copies the collections.
         *
         * @throws IllegalArgumentException if a target is missing in the union
         */
        public Nodes {
            SortedMap<Integer, List<Integer>> copy = new TreeMap<>();
            targetsByInitiator.forEach((initiator, targets) -> copy.put(initiator, ascending(targets)));
            targetsByInitiator = Collections.unmodifiableSortedMap(copy);
            union = ascending(union);
            for (List<Integer> targets : copy.values()) {
                if (!new HashSet<>(union).containsAll(targets)) {
                    throw new IllegalArgumentException("targets " + targets + " are not all in the union " + union);
                }
            }
        }

        static Nodes perInitiator(SortedMap<Integer, ? extends Collection<Integer>> targetsByInitiator) {
            SortedMap<Integer, List<Integer>> lists = new TreeMap<>();
            TreeSet<Integer> union = new TreeSet<>();
            targetsByInitiator.forEach((initiator, targets) -> {
                lists.put(initiator, ascending(targets));
                union.addAll(targets);
            });
            return new Nodes(lists, List.copyOf(union));
        }

        static Nodes uniform(List<Integer> initiators, List<Integer> targets) {
            SortedMap<Integer, List<Integer>> lists = new TreeMap<>();
            initiators.forEach(initiator -> lists.put(initiator, targets));
            return new Nodes(lists, targets);
        }

        /**
         * The targets of a thread.
         *
         * @param node id of the node it runs on
         * @return the node's own; the union if the rule found none for it, as for a node without usable memory
         */
        public List<Integer> targetsFrom(int node) {
            return targetsByInitiator.getOrDefault(node, union);
        }

        /** {@return whether it is the same for all threads, wherever they run} */
        public boolean isUniform() {
            return targetsByInitiator.values().stream().allMatch(union::equals);
        }

        private static List<Integer> ascending(Collection<Integer> ids) {
            return List.copyOf(new TreeSet<>(ids));
        }
    }

    /**
     * No nodes were found.
     *
     * @param error the C library's error
     * @param reason what was found, with the nodes and values that decided; one phrase without a full stop
     * @param remedy what to do about it
     */
    record Unavailable(SelectionError error, String reason, String remedy) implements Selection {}
}
