package io.memkind;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Where the pages of a segment are.
 *
 * @param residentBytes bytes of the segment's pages that are backed by memory; pages count whole
 * @param bytesPerNode those bytes by NUMA node, as move_pages(2) tells
 * @param bytesPerPageSize those bytes by the size of the pages behind them. For transparent huge pages the kernel tells
 *     only the sum for the mapping that the segment lies in; of it, at most what is resident is counted here.
 */
public record Placement(
        long residentBytes, SortedMap<Integer, Long> bytesPerNode, SortedMap<Long, Long> bytesPerPageSize) {
    /** Copies the maps. */
    public Placement {
        bytesPerNode = Collections.unmodifiableSortedMap(new TreeMap<>(bytesPerNode));
        bytesPerPageSize = Collections.unmodifiableSortedMap(new TreeMap<>(bytesPerPageSize));
    }
}
