package io.memkind.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;

/** What the nodes of a machine are compared with: its ordinary memory, and the devices that nodes belong to. */
final class NodeEvidence {
    private final Topology topology;
    private final Map<Integer, DaxDevice> systemRam = new HashMap<>();
    private final List<NumaNode> ordinary;
    private final boolean sizesKnown;

    NodeEvidence(Topology topology) {
        this.topology = topology;
        for (DaxDevice device : topology.daxDevices()) {
            if (device.systemRam() && device.targetNode().isPresent()) {
                systemRam.putIfAbsent(device.targetNode().getAsInt(), device);
            }
        }
        this.sizesKnown = topology.nodes().stream().anyMatch(node -> node.totalBytes() > 0);
        List<NumaNode> withProcessors = topology.nodes().stream()
                .filter(node -> hasProcessors(node) && node.totalBytes() > 0)
                .toList();
        this.ordinary = withProcessors.isEmpty() ? nearestOfProcessors() : withProcessors;
    }

    static boolean hasProcessors(NumaNode node) {
        return !node.cpus().isEmpty() || !node.offlineCpus().isEmpty();
    }

    static OptionalLong bandwidth(NumaNode node) {
        Optional<AccessAttributes> access = node.processorAccess();
        return access.isPresent() ? access.get().bandwidthMiBps() : OptionalLong.empty();
    }

    static OptionalLong latency(NumaNode node) {
        Optional<AccessAttributes> access = node.processorAccess();
        return access.isPresent() ? access.get().latencyNanos() : OptionalLong.empty();
    }

    /* Where no processor has memory in its own node, the nearest is what it has in place of it. */
    private List<NumaNode> nearestOfProcessors() {
        TreeSet<Integer> nearest = new TreeSet<>();
        for (NumaNode node : topology.nodes()) {
            if (hasProcessors(node)) {
                int least = candidates()
                        .mapToInt(memory -> node.distanceTo(memory.id()).orElse(Integer.MAX_VALUE))
                        .min()
                        .orElse(Integer.MAX_VALUE);
                candidates()
                        .filter(memory -> least < Integer.MAX_VALUE)
                        .filter(memory -> node.distanceTo(memory.id()).orElse(Integer.MAX_VALUE) == least)
                        .forEach(memory -> nearest.add(memory.id()));
            }
        }
        return topology.nodes().stream()
                .filter(node -> nearest.contains(node.id()))
                .toList();
    }

    private Stream<NumaNode> candidates() {
        return topology.nodes().stream()
                .filter(NumaNode::memoryOnly)
                .filter(node -> !systemRam.containsKey(node.id()))
                .filter(node -> accelerator(node).isEmpty());
    }

    /** Whether a node without a size has no memory, and not just a file that is missing from the tree. */
    boolean sizesKnown() {
        return sizesKnown;
    }

    /** Whether a node has the ordinary memory of processors. */
    boolean isOrdinary(NumaNode node) {
        return ordinary.contains(node);
    }

    /** The device whose memory the node is, if it is in use as system memory. */
    Optional<DaxDevice> daxDevice(NumaNode node) {
        return Optional.ofNullable(systemRam.get(node.id()));
    }

    /** The accelerator whose own memory the node is. */
    Optional<Accelerator> accelerator(NumaNode node) {
        return topology.accelerators().stream()
                .filter(accelerator -> is(accelerator.memoryNode(), node)
                        || (is(accelerator.node(), node)
                                && accelerator.memoryNode().isEmpty()))
                .findFirst();
    }

    private static boolean is(OptionalInt id, NumaNode node) {
        return id.isPresent() && id.getAsInt() == node.id();
    }

    OptionalInt ordinaryTier() {
        return ordinary.stream()
                .map(NumaNode::tier)
                .flatMapToInt(OptionalInt::stream)
                .min();
    }

    OptionalLong ordinaryBandwidth() {
        return ordinary.stream()
                .map(NodeEvidence::bandwidth)
                .flatMapToLong(OptionalLong::stream)
                .max();
    }

    OptionalLong ordinaryLatency() {
        return ordinary.stream()
                .map(NodeEvidence::latency)
                .flatMapToLong(OptionalLong::stream)
                .min();
    }

    /** The greatest distance from one node of ordinary memory to another; empty on a machine with one such node. */
    OptionalInt ordinaryReach() {
        return ordinary.stream()
                .flatMap(
                        from -> ordinary.stream().filter(to -> !to.equals(from)).map(to -> from.distanceTo(to.id())))
                .flatMapToInt(OptionalInt::stream)
                .max();
    }

    /** The distance from the nearest node of ordinary memory. */
    OptionalInt distance(NumaNode node) {
        return ordinary.stream()
                .map(from -> from.distanceTo(node.id()))
                .flatMapToInt(OptionalInt::stream)
                .min();
    }
}
