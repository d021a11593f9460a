package io.memkind.topology;

import java.util.List;

/**
 * A NUMA node.
 *
 * @param id the kernel's number for it
 * @param cpus its online processors, ascending; empty for a node of memory only
 * @param totalBytes its memory; 0 for a node without any
 * @param freeBytes what of it was free when it was read
 */
public record NumaNode(int id, List<Integer> cpus, long totalBytes, long freeBytes) {
    /** Copies the list. */
    public NumaNode {
        cpus = List.copyOf(cpus);
    }
}
