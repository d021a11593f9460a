package io.memkind.topology;

import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/**
 * The rules for nodes of memory only that are not known otherwise: DAX devices, then the comparison with ordinary memory,
 * by what is the more certain first.
 */
record MemoryOnlyRules(Topology topology, NodeOverrides overrides, NodeEvidence evidence) {
    /** Values of the firmware for equal memory differ by a tenth at most. */
    private static final int TOLERANCE_DIVISOR = 10;

    NodeVerdict verdict(NumaNode node) {
        return daxDevice(node)
                .or(() -> likelyAccelerator(node))
                .or(() -> ordinary(node))
                .or(() -> tier(node))
                .or(() -> performance(node))
                .or(() -> distance(node))
                .or(() -> zone(node))
                .orElseGet(() -> new NodeVerdict(
                        node.id(), NodeClass.OTHER, "a memory-only node; nothing tells what memory it is"));
    }

    private Optional<NodeVerdict> daxDevice(NumaNode node) {
        if (overrides.daxKmemNodes().isPresent()) {
            return Optional.empty();
        }
        return evidence.daxDevice(node)
                .map(device -> new NodeVerdict(
                        node.id(),
                        NodeClass.DAX_KMEM,
                        device.name() + " in system-ram mode: "
                                + device.backing().description()));
    }

    /*
     * POWER9 and Grace-Hopper, in a tree without the driver's own word: memory that was added at run time, by no DAX
     * device, on a machine with GPUs. On x86 the same would be CXL memory beside a GPU.
     */
    private Optional<NodeVerdict> likelyAccelerator(NumaNode node) {
        boolean likely = node.movableOnly().orElse(false)
                && evidence.daxDevice(node).isEmpty()
                && !topology.accelerators().isEmpty()
                && new KnownProcessor(topology.processor()).mayShareMemoryOfGpus();
        return likely
                ? verdict(
                        node,
                        NodeClass.OTHER,
                        "memory added at run time, by no DAX device, on a machine with GPUs: likely memory of a GPU")
                : Optional.empty();
    }

    private Optional<NodeVerdict> ordinary(NumaNode node) {
        return evidence.isOrdinary(node)
                ? verdict(node, NodeClass.DRAM, "the nearest memory of processors that have none in their own nodes")
                : Optional.empty();
    }

    private Optional<NodeVerdict> tier(NumaNode node) {
        OptionalInt tier = node.tier();
        OptionalInt ordinary = evidence.ordinaryTier();
        if (tier.isEmpty() || ordinary.isEmpty() || tier.getAsInt() == ordinary.getAsInt()) {
            return Optional.empty();
        }
        String tiers = "a memory-only node in memory tier " + tier.getAsInt();
        if (tier.getAsInt() > ordinary.getAsInt()) {
            return slower(node, tiers + ", below tier " + ordinary.getAsInt() + " of ordinary memory");
        }
        boolean judged = overrides.highBandwidthNodes().isPresent()
                || overrides.highBandwidthThresholdMiBps().isPresent()
                || NodeEvidence.bandwidth(node).isPresent();
        return judged
                ? Optional.empty()
                : verdict(
                        node,
                        NodeClass.HIGH_BANDWIDTH,
                        tiers + ", above tier " + ordinary.getAsInt() + " of ordinary memory");
    }

    private Optional<NodeVerdict> performance(NumaNode node) {
        OptionalLong bandwidth = NodeEvidence.bandwidth(node);
        OptionalLong ordinaryBandwidth = evidence.ordinaryBandwidth();
        if (bandwidth.isPresent() && ordinaryBandwidth.isPresent()) {
            String values = "a memory-only node of " + bandwidth.getAsLong() + " MiB/s, ordinary memory "
                    + ordinaryBandwidth.getAsLong();
            if (isLess(bandwidth.getAsLong(), ordinaryBandwidth.getAsLong())) {
                return slower(node, values);
            }
            if (isLess(ordinaryBandwidth.getAsLong(), bandwidth.getAsLong())) {
                return verdict(node, NodeClass.OTHER, values + ": faster, but below the threshold of high bandwidth");
            }
        }
        OptionalLong latency = NodeEvidence.latency(node);
        OptionalLong ordinaryLatency = evidence.ordinaryLatency();
        boolean later = latency.isPresent()
                && ordinaryLatency.isPresent()
                && isLess(ordinaryLatency.getAsLong(), latency.getAsLong());
        return later
                ? slower(
                        node,
                        "a memory-only node of " + latency.getAsLong() + " ns, ordinary memory "
                                + ordinaryLatency.getAsLong())
                : Optional.empty();
    }

    private static boolean isLess(long value, long than) {
        return value < than - than / TOLERANCE_DIVISOR;
    }

    private Optional<NodeVerdict> distance(NumaNode node) {
        OptionalInt distance = evidence.distance(node);
        OptionalInt reach = evidence.ordinaryReach();
        boolean farther = distance.isPresent() && reach.isPresent() && distance.getAsInt() > reach.getAsInt();
        return farther
                ? slower(
                        node,
                        "a memory-only node at distance " + distance.getAsInt() + ", ordinary memory at "
                                + reach.getAsInt() + " at most")
                : Optional.empty();
    }

    private Optional<NodeVerdict> zone(NumaNode node) {
        OptionalInt tier = node.tier();
        if (tier.isPresent() && tier.equals(evidence.ordinaryTier())) {
            return verdict(
                    node,
                    NodeClass.DRAM,
                    "a memory-only node in memory tier " + tier.getAsInt() + " of ordinary memory");
        }
        if (node.movableOnly().orElse(false)) {
            return slower(node, "a memory-only node of memory added at run time");
        }
        return node.movableOnly().isPresent()
                ? verdict(
                        node, NodeClass.DRAM, "a memory-only node; nothing says that it is slower than ordinary memory")
                : Optional.empty();
    }

    private Optional<NodeVerdict> slower(NumaNode node, String why) {
        return overrides.daxKmemNodes().isPresent()
                ? verdict(
                        node, NodeClass.OTHER, why + "; " + NodeOverrides.DAX_KMEM_NODES_VARIABLE + " does not list it")
                : verdict(node, NodeClass.DAX_KMEM, why + ": CXL or persistent memory");
    }

    private static Optional<NodeVerdict> verdict(NumaNode node, NodeClass nodeClass, String reason) {
        return Optional.of(new NodeVerdict(node.id(), nodeClass, reason));
    }
}
