package io.memkind.topology;

import java.util.List;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A NUMA node.
 *
 * @param id the kernel's number for it
 * @param cpus its online processors, ascending; empty for a node of memory only
 * @param totalBytes its memory; 0 for a node without any
 * @param freeBytes what of it was free when it was read
 * @param distances the firmware's relative distances (SLIT) by node id, 10 to itself; empty if the kernel does not tell
 * @param access its performance attributes by ascending access class; empty if the firmware gives none
 * @param hugePagePools its part of the hugetlb pools, by ascending page size
 */
public record NumaNode(
        int id,
        List<Integer> cpus,
        long totalBytes,
        long freeBytes,
        Map<Integer, Integer> distances,
        List<AccessAttributes> access,
        List<HugePagePool> hugePagePools) {
    /** Copies the collections. */
    public NumaNode {
        cpus = List.copyOf(cpus);
        distances = Map.copyOf(distances);
        access = List.copyOf(access);
        hugePagePools = List.copyOf(hugePagePools);
    }

    /**
     * A node of which nothing else is known.
     *
     * @param id the kernel's number for it
     * @param cpus its online processors, ascending
     * @param totalBytes its memory
     * @param freeBytes what of it is free
     */
    public NumaNode(int id, List<Integer> cpus, long totalBytes, long freeBytes) {
        this(id, cpus, totalBytes, freeBytes, Map.of(), List.of(), List.of());
    }

    /**
     * The distance to another node.
     *
     * @param node id of the other
     * @return the firmware's value; empty if the kernel does not tell
     */
    public OptionalInt distanceTo(int node) {
        Integer distance = distances.get(node);
        return distance == null ? OptionalInt.empty() : OptionalInt.of(distance);
    }
}
