package io.memkind.testbed;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The memory policy of an address.
 *
 * @param mode its mode
 * @param nodes its nodes; empty for modes without any
 */
record NodePolicy(PolicyMode mode, SortedSet<Integer> nodes) {
    NodePolicy {
        nodes = Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
    }

    @Override
    public String toString() {
        return mode + " " + NodeLists.format(nodes);
    }
}
