package io.memkind.testbed;

import io.memkind.Placement;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares a block's policy and pages with what they must be. */
final class PlacementCheck {
    private PlacementCheck() {}

    /**
     * @param traits what the memory must be like
     * @param policyNodes exactly the nodes of the policy; empty for a kind without one
     * @param pageNodes where pages may be; empty for anywhere
     */
    static Optional<String> mismatch(
            KindTraits traits,
            Observation seen,
            Optional<SortedSet<Integer>> policyNodes,
            Optional<SortedSet<Integer>> pageNodes) {
        if (!(seen instanceof Observation.Placed placed)) {
            return Optional.of(seen.toString());
        }
        if (!placed.availability().available()) {
            return Optional.of("memory, from a kind that is not available: "
                    + placed.availability().reason());
        }
        NodePolicy policy = new NodePolicy(traits.mode(), policyNodes.orElseGet(TreeSet::new));
        if (!placed.policies().equals(Set.of(policy))) {
            return Optional.of("policies " + placed.policies() + " instead of " + policy);
        }
        return pages(traits, placed.placement(), pageNodes);
    }

    private static Optional<String> pages(
            KindTraits traits, Placement placement, Optional<SortedSet<Integer>> pageNodes) {
        if (placement.residentBytes() < Probe.BLOCK_BYTES) {
            return Optional.of("only " + placement.residentBytes() + " bytes of " + Probe.BLOCK_BYTES
                    + " are resident after all pages were written to");
        }
        if (traits.hugetlbPageBytes() > 0
                && !placement.bytesPerPageSize().keySet().equals(Set.of(traits.hugetlbPageBytes()))) {
            return Optional.of("bytes by page size " + placement.bytesPerPageSize());
        }
        if (pageNodes.isEmpty()) {
            return Optional.empty();
        }
        SortedSet<Integer> nodes = pageNodes.get();
        if (!nodes.containsAll(placement.bytesPerNode().keySet())) {
            return Optional.of("bytes by node " + placement.bytesPerNode());
        }
        /* Pages go to the nodes in turn, by their place in the mapping: half of a node's share leaves room for its ends. */
        long leastBytes = traits.interleaves() ? placement.residentBytes() / nodes.size() / 2 : 0;
        for (int node : nodes) {
            if (placement.bytesPerNode().getOrDefault(node, 0L) < leastBytes) {
                return Optional.of("uneven: bytes by node " + placement.bytesPerNode());
            }
        }
        return Optional.empty();
    }
}
