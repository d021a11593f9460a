package io.memkind.topology;

import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Tells what sort of memory each node has.
 *
 * <p>What the user says goes first ({@link NodeOverrides}); then what is certain: no memory, memory of an accelerator, the
 * MCDRAM of Xeon Phi, the HBM of A64FX and Xeon CPU Max; then the bandwidth that the firmware tells, DAX devices, the
 * kernel's memory tiers, and distances. The kinds of the C library go by bandwidth alone, also on a node with processors; the
 * class tells what the memory is, so that a node with processors is high-bandwidth only if the processor is known to have
 * no other memory, or if the user has set the threshold.
 *
 * <p>Stateless; any thread may use it.
 */
public final class NodeClassifier {
    /** The least bandwidth of a high-bandwidth node in MiB/s, unless the user says otherwise: 200 GiB/s. */
    public static final long DEFAULT_THRESHOLD_MIBPS = 204_800;

    private final Topology topology;
    private final NodeOverrides overrides;
    private final NodeEvidence evidence;

    private NodeClassifier(Topology topology, NodeOverrides overrides) {
        this.topology = topology;
        this.overrides = overrides;
        this.evidence = new NodeEvidence(topology);
    }

    /**
     * Classifies all nodes of a machine.
     *
     * @param topology the machine
     * @param overrides what the user says
     * @return a verdict for each node, in the order of {@link Topology#nodes()}
     */
    public static List<NodeVerdict> classify(Topology topology, NodeOverrides overrides) {
        NodeClassifier classifier = new NodeClassifier(topology, overrides);
        return topology.nodes().stream().map(classifier::verdict).toList();
    }

    private NodeVerdict verdict(NumaNode node) {
        MemoryOnlyRules rules = new MemoryOnlyRules(topology, overrides, evidence);
        return userSays(node)
                .or(() -> withoutMemory(node))
                .or(() -> accelerator(node))
                .or(() -> knownProcessor(node))
                .or(() -> reachesThreshold(node))
                .or(() -> withProcessors(node))
                .orElseGet(() -> rules.verdict(node));
    }

    private Optional<NodeVerdict> userSays(NumaNode node) {
        boolean dax = lists(overrides.daxKmemNodes(), node);
        if (lists(overrides.highBandwidthNodes(), node)) {
            String also = dax ? ", and so does " + NodeOverrides.DAX_KMEM_NODES_VARIABLE : "";
            return verdict(node, NodeClass.HIGH_BANDWIDTH, NodeOverrides.HBW_NODES_VARIABLE + " lists it" + also);
        }
        return dax
                ? verdict(node, NodeClass.DAX_KMEM, NodeOverrides.DAX_KMEM_NODES_VARIABLE + " lists it")
                : Optional.empty();
    }

    private static boolean lists(Optional<List<Integer>> nodes, NumaNode node) {
        return nodes.isPresent() && nodes.get().contains(node.id());
    }

    private Optional<NodeVerdict> withoutMemory(NumaNode node) {
        if (!node.online()) {
            return verdict(node, NodeClass.OTHER, "the node is offline");
        }
        if (node.totalBytes() > 0) {
            return Optional.empty();
        }
        boolean processors = NodeEvidence.hasProcessors(node);
        if (!evidence.sizesKnown()) {
            return processors
                    ? Optional.empty()
                    : verdict(node, NodeClass.OTHER, "no processors, and nothing tells how much memory it has");
        }
        String what = processors ? "a node of processors only" : "no processors either";
        return verdict(node, NodeClass.OTHER, "no memory: " + what);
    }

    private Optional<NodeVerdict> accelerator(NumaNode node) {
        if (!node.memoryOnly()) {
            return Optional.empty();
        }
        return evidence.accelerator(node)
                .flatMap(accelerator -> verdict(
                        node,
                        NodeClass.OTHER,
                        "memory of the GPU or accelerator at PCI address " + accelerator.address()));
    }

    private Optional<NodeVerdict> knownProcessor(NumaNode node) {
        if (overrides.highBandwidthNodes().isPresent()) {
            return Optional.empty();
        }
        KnownProcessor known = new KnownProcessor(topology.processor());
        if (node.memoryOnly() && XeonPhi.fastNodes(topology).isPresent()) {
            return verdict(
                    node, NodeClass.HIGH_BANDWIDTH, "MCDRAM of Xeon Phi: a memory-only node of such a processor");
        }
        if (overrides.highBandwidthThresholdMiBps().isPresent()) {
            return Optional.empty();
        }
        if (known.isA64fx()) {
            return verdict(node, NodeClass.HIGH_BANDWIDTH, "HBM2: an A64FX processor has no other memory");
        }
        return known.isXeonMax() && node.memoryOnly() && !isSlowDevice(node)
                ? verdict(node, NodeClass.HIGH_BANDWIDTH, "HBM of Xeon CPU Max: a memory-only node of such a processor")
                : Optional.empty();
    }

    private boolean isSlowDevice(NumaNode node) {
        return evidence.daxDevice(node)
                .filter(device -> device.backing() == DaxBacking.CXL || device.backing() == DaxBacking.PERSISTENT)
                .isPresent();
    }

    /* On Xeon Phi the C library does not look at the threshold. */
    private Optional<NodeVerdict> reachesThreshold(NumaNode node) {
        OptionalLong bandwidth = NodeEvidence.bandwidth(node);
        boolean reaches = bandwidth.isPresent() && bandwidth.getAsLong() >= threshold();
        boolean userSet = overrides.highBandwidthThresholdMiBps().isPresent();
        if (!reaches || overrides.highBandwidthNodes().isPresent()) {
            return Optional.empty();
        }
        if (userSet) {
            String reason =
                    bandwidth.getAsLong() + " MiB/s reach " + NodeOverrides.HBW_THRESHOLD_VARIABLE + "=" + threshold();
            return verdict(node, NodeClass.HIGH_BANDWIDTH, reason);
        }
        return node.memoryOnly() && !isSlowDevice(node)
                ? verdict(
                        node,
                        NodeClass.HIGH_BANDWIDTH,
                        "a memory-only node whose " + bandwidth.getAsLong() + " MiB/s reach the threshold of "
                                + threshold())
                : Optional.empty();
    }

    private long threshold() {
        return overrides.highBandwidthThresholdMiBps().orElse(DEFAULT_THRESHOLD_MIBPS);
    }

    private Optional<NodeVerdict> withProcessors(NumaNode node) {
        boolean dax = evidence.isDaxDevice(node) && overrides.daxKmemNodes().isEmpty();
        if (!NodeEvidence.hasProcessors(node) || dax) {
            return Optional.empty();
        }
        StringBuilder reason = new StringBuilder(
                node.cpus().isEmpty() ? "the memory of processors that are offline" : "the memory of processors");
        if (!node.memorySideCaches().isEmpty()) {
            reason.append(", behind a memory-side cache");
        }
        evidence.daxDevice(node)
                .ifPresent(device -> reason.append(", with that of ")
                        .append(device.name())
                        .append(" (")
                        .append(device.backing().description())
                        .append(") in it"));
        OptionalLong bandwidth = NodeEvidence.bandwidth(node);
        boolean reaches = bandwidth.isPresent() && bandwidth.getAsLong() >= threshold();
        if (reaches && overrides.highBandwidthNodes().isEmpty()) {
            reason.append("; its ")
                    .append(bandwidth.getAsLong())
                    .append(" MiB/s reach the threshold of high-bandwidth kinds");
        }
        return verdict(node, NodeClass.DRAM, reason.toString());
    }

    private static Optional<NodeVerdict> verdict(NumaNode node, NodeClass nodeClass, String reason) {
        return Optional.of(new NodeVerdict(node.id(), nodeClass, reason));
    }
}
