package io.memkind.topology;

import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What the C library takes for an Intel Xeon Phi (Knights Landing, Knights Mill) with MCDRAM that programs can address. Its
 * firmware tells no performance. Pure functions, for any thread.
 */
public final class XeonPhi {
    private static final Set<Integer> MODELS = Set.of(0x57, 0x85);
    private static final Set<Integer> NODE_COUNTS = Set.of(2, 4, 8);

    private XeonPhi() {}

    /**
     * Whether a processor is one of these.
     *
     * @param processor its make
     * @return true if so
     */
    public static boolean is(Processor processor) {
        return processor.vendor().equals("GenuineIntel")
                && processor.family() == 6
                && MODELS.contains(processor.model());
    }

    /**
     * The nodes of MCDRAM, in flat or hybrid mode: those without online processors, of the nodes with memory.
     *
     * @param topology the machine
     * @return the nodes by ascending id; empty if it is none of these machines: another processor, not 2, 4 or 8 nodes with
     *     memory, or not half of them without online processors
     */
    public static Optional<List<NumaNode>> fastNodes(Topology topology) {
        List<NumaNode> nodes = topology.nodesWithMemory();
        List<NumaNode> fast =
                nodes.stream().filter(node -> node.cpus().isEmpty()).toList();
        boolean flat =
                is(topology.processor()) && NODE_COUNTS.contains(nodes.size()) && 2 * fast.size() == nodes.size();
        return flat ? Optional.of(fast) : Optional.empty();
    }
}
