package io.memkind.internal.extent;

import java.util.List;
import java.util.Map;

/**
 * The nodes that threads take memory from.
 *
 * @param nodesOfCpu for the number of a processor, the ids of the nodes that threads on it take memory from
 * @param otherwise those for threads on a processor that is not listed; not empty
 */
public record CpuTargets(Map<Integer, List<Integer>> nodesOfCpu, List<Integer> otherwise) {
    /** Copies the map. */
    public CpuTargets {
        nodesOfCpu = Map.copyOf(nodesOfCpu);
    }

    /** The ids of the nodes that threads on a processor take memory from. */
    public List<Integer> on(int cpu) {
        return nodesOfCpu.getOrDefault(cpu, otherwise);
    }
}
