package io.memkind.internal.select;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.Topology;
import java.util.Optional;

/** Whether the kernel knows a policy. */
final class PolicySupport {
    private PolicySupport() {}

    static Optional<Unavailable> check(NodePolicy policy, Topology topology) {
        if (policy == NodePolicy.WEIGHTED_INTERLEAVE
                && topology.nodes().stream()
                        .allMatch(node -> node.interleaveWeight().isEmpty())) {
            return Optional.of(new Unavailable(
                    SelectionError.UNAVAILABLE,
                    "the kernel does not interleave by weights: /sys/kernel/mm/mempolicy/weighted_interleave is missing",
                    "run Linux 6.9 or newer, or use memkind_interleave"));
        }
        return Optional.empty();
    }
}
