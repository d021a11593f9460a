package io.memkind.testbed;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an expectation file may refer to.
 *
 * @param initiators the nodes with processors
 * @param totalBytes memory by node, as the kernel counts it
 * @param kernel the kernel's version
 */
record NodeFacts(SortedSet<Integer> initiators, SortedMap<Integer, Long> totalBytes, KernelVersion kernel) {
    NodeFacts {
        initiators = Collections.unmodifiableSortedSet(new TreeSet<>(initiators));
        totalBytes = Collections.unmodifiableSortedMap(new TreeMap<>(totalBytes));
    }

    /** Those of the nodes that have most memory; several only if they have equally much, to the byte. */
    SortedSet<Integer> largest(SortedSet<Integer> nodes) {
        long most = nodes.stream().mapToLong(this::bytesOf).max().orElse(0);
        SortedSet<Integer> largest = new TreeSet<>(nodes);
        largest.removeIf(node -> bytesOf(node) != most);
        return largest;
    }

    /** The nodes that the kernel counts any memory on. */
    SortedSet<Integer> nodesWithMemory() {
        SortedSet<Integer> nodes = new TreeSet<>(totalBytes.keySet());
        nodes.removeIf(node -> bytesOf(node) == 0);
        return nodes;
    }

    private long bytesOf(int node) {
        return totalBytes.getOrDefault(node, 0L);
    }
}
