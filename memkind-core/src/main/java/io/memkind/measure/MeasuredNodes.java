package io.memkind.measure;

import io.memkind.topology.AccessAttributes;
import io.memkind.topology.AttributeOrigin;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/** Puts what was measured into the nodes of a machine. */
record MeasuredNodes(MeasuredAttributes measured) {
    private static final int PROCESSOR_CLASS = 1;

    Topology applyTo(Topology topology, Precedence precedence) {
        boolean firmwareTells = topology.nodes().stream().anyMatch(MeasuredNodes::firmwareTells);
        if (!measured.hasValues() || (firmwareTells && precedence == Precedence.FIRMWARE_WINS)) {
            return topology;
        }
        return topology.withNodes(topology.nodes().stream().map(this::apply).toList());
    }

    /* A value of one direction alone is of no use to the rules. */
    static boolean firmwareTells(NumaNode node) {
        return node.access().stream()
                .filter(access -> access.origin() == AttributeOrigin.FIRMWARE)
                .anyMatch(access -> access.bandwidthMiBps().isPresent()
                        || access.latencyNanos().isPresent());
    }

    private NumaNode apply(NumaNode node) {
        List<MeasuredPair> best = bestTo(node);
        if (best.isEmpty()) {
            return node;
        }
        List<AccessAttributes> access = new ArrayList<>(node.access());
        access.removeIf(attributes -> attributes.accessClass() == PROCESSOR_CLASS);
        access.add(attributes(best));
        access.sort(Comparator.comparingInt(AccessAttributes::accessClass));
        return node.withAccess(access);
    }

    private static AccessAttributes attributes(List<MeasuredPair> pairs) {
        long bandwidth = pairs.stream()
                .mapToLong(pair -> pair.readBandwidthMiBps().orElseThrow())
                .min()
                .orElseThrow();
        return new AccessAttributes(
                PROCESSOR_CLASS,
                pairs.stream().map(MeasuredPair::initiator).sorted().toList(),
                OptionalLong.of(bandwidth),
                OptionalLong.empty(),
                OptionalLong.of(
                        pairs.stream().mapToLong(MeasuredNodes::latency).max().orElseThrow()),
                OptionalLong.empty(),
                AttributeOrigin.MEASURED);
    }

    private static long latency(MeasuredPair pair) {
        return pair.readLatencyNanos().orElseThrow();
    }

    private List<MeasuredPair> bestTo(NumaNode node) {
        List<MeasuredPair> pairs = measured.pairs().stream()
                .filter(pair -> pair.target() == node.id() && pair.measured())
                .toList();
        List<Integer> named = initiatorsByFirmware(node);
        List<MeasuredPair> fromNamed =
                pairs.stream().filter(pair -> named.contains(pair.initiator())).toList();
        if (!fromNamed.isEmpty()) {
            return fromNamed;
        }
        if (!node.cpus().isEmpty()) {
            // other nodes must not become near to it only because its own processors could not be used
            return pairs.stream().filter(pair -> pair.initiator() == node.id()).toList();
        }
        OptionalLong least = pairs.stream().mapToLong(MeasuredNodes::latency).min();
        return pairs.stream()
                .filter(pair -> latency(pair) - least.orElse(0) <= least.orElse(0) / 10)
                .toList();
    }

    /* The class that the rules look at, see NumaNode.processorAccess, though its values may be unknown. */
    private static List<Integer> initiatorsByFirmware(NumaNode node) {
        return accessOfClass(node, PROCESSOR_CLASS)
                .or(() -> accessOfClass(node, 0))
                .map(AccessAttributes::initiators)
                .orElse(List.of());
    }

    private static Optional<AccessAttributes> accessOfClass(NumaNode node, int accessClass) {
        return node.access().stream()
                .filter(access -> access.accessClass() == accessClass)
                .findFirst();
    }
}
