package io.memkind.topology;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the nodes of a machine are compared with: its ordinary memory, and the devices that nodes belong to. */
final class NodeEvidence {
    private final Topology topology;
    private final Map<Integer, DaxDevice> systemRam = new HashMap<>();
    private final boolean sizesKnown;
    private final List<NumaNode> ordinary;
    private final Set<Integer> ordinaryIds;
    private final OptionalInt ordinaryReach;

    NodeEvidence(Topology topology) {
        this.topology = topology;
        for (DaxDevice device : topology.daxDevices()) {
            if (device.systemRam() && device.targetNode().isPresent()) {
                systemRam.putIfAbsent(device.targetNode().getAsInt(), device);
            }
        }
        this.sizesKnown = topology.nodes().stream().anyMatch(node -> node.totalBytes() > 0);
        List<NumaNode> withProcessors = topology.nodes().stream()
                .filter(node -> hasProcessors(node) && node.totalBytes() > 0 && !isDaxDevice(node))
                .toList();
        this.ordinary = withProcessors.isEmpty() ? nearestOfProcessors() : withProcessors;
        this.ordinaryIds = ordinary.stream().map(NumaNode::id).collect(Collectors.toSet());
        this.ordinaryReach = ordinary.stream()
                .flatMapToInt(from -> ordinaryIds.stream()
                        .filter(to -> to != from.id())
                        .map(from::distanceTo)
                        .flatMapToInt(OptionalInt::stream))
                .max();
    }

    static boolean hasProcessors(NumaNode node) {
        return !node.cpus().isEmpty() || !node.offlineCpus().isEmpty();
    }

    static OptionalLong bandwidth(NumaNode node) {
        return node.processorAccess().map(AccessAttributes::bandwidthMiBps).orElse(OptionalLong.empty());
    }

    static OptionalLong latency(NumaNode node) {
        return node.processorAccess().map(AccessAttributes::latencyNanos).orElse(OptionalLong.empty());
    }

    /* Where no processor has memory in its own node, the nearest is what it has in place of it. */
    private List<NumaNode> nearestOfProcessors() {
        List<NumaNode> candidates = topology.nodes().stream()
                .filter(NumaNode::memoryOnly)
                .filter(node -> daxDevice(node).isEmpty() && accelerator(node).isEmpty())
                .toList();
        Set<Integer> nearest = new TreeSet<>();
        for (NumaNode node : topology.nodes()) {
            OptionalInt least = candidates.stream()
                    .filter(memory -> hasProcessors(node))
                    .map(memory -> node.distanceTo(memory.id()))
                    .flatMapToInt(OptionalInt::stream)
                    .min();
            candidates.stream()
                    .filter(memory ->
                            least.isPresent() && node.distanceTo(memory.id()).equals(least))
                    .forEach(memory -> nearest.add(memory.id()));
        }
        return candidates.stream().filter(node -> nearest.contains(node.id())).toList();
    }

    /** Whether a node without a size has no memory, and not just a file that is missing from the tree. */
    boolean sizesKnown() {
        return sizesKnown;
    }

    /** Whether a node has the ordinary memory of processors. */
    boolean isOrdinary(NumaNode node) {
        return ordinaryIds.contains(node.id());
    }

    /** The device whose memory is in the node, if it is in use as system memory. */
    Optional<DaxDevice> daxDevice(NumaNode node) {
        return Optional.ofNullable(systemRam.get(node.id()));
    }

    /** Whether all of the node's memory is that of a device; the kernel keeps a little for itself. */
    boolean isDaxDevice(NumaNode node) {
        return daxDevice(node).stream()
                .anyMatch(device -> node.totalBytes() > 0 && device.byteSize() >= node.totalBytes() / 10 * 9);
    }

    /** The accelerator whose own memory the node is. */
    Optional<Accelerator> accelerator(NumaNode node) {
        OptionalInt id = OptionalInt.of(node.id());
        Stream<Accelerator> sure = topology.accelerators().stream()
                .filter(device -> device.memoryNode().equals(id));
        Stream<Accelerator> attached = topology.accelerators().stream()
                .filter(device -> device.memoryNode().isEmpty() && device.node().equals(id));
        return Stream.concat(sure, attached).findFirst();
    }

    /** The fastest memory tier of ordinary memory. */
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
        return ordinaryReach;
    }

    /** The distance from the nearest node of ordinary memory. */
    OptionalInt distance(NumaNode node) {
        return ordinary.stream()
                .map(from -> from.distanceTo(node.id()))
                .flatMapToInt(OptionalInt::stream)
                .min();
    }
}
