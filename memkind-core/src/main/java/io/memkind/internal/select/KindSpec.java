package io.memkind.internal.select;

import io.memkind.attribute.NodePolicy;
import io.memkind.attribute.PageKind;
import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.Optional;

/**
 * What a kind over the machine's own memory is made of.
 *
 * @param name the kind's name, such as {@code memkind_hbw_preferred}
 * @param choice how its nodes are chosen
 * @param policy the policy of its mappings
 * @param pages its pages
 * @param transparentHugePagesOff whether its mappings refuse transparent huge pages, so that single pages interleave
 */
public record KindSpec(
        String name, NodeChoice choice, NodePolicy policy, PageKind pages, boolean transparentHugePagesOff) {
    /**
     * Its nodes on a machine, if it is available there: nodes by its rule, a kernel that knows its policy, and huge pages on
     * the nodes if it needs any.
     *
     * @param topology the machine
     * @param overrides what the user says about its nodes
     * @return the nodes, or why it is not available
     */
    public Selection select(Topology topology, NodeOverrides overrides) {
        return complete(choice.select(topology, overrides), topology);
    }

    /**
     * The second half of {@link #select}.
     *
     * @param selection what the rule has found on the machine
     * @param topology the machine
     * @return the same, or why the nodes are not enough
     */
    public Selection complete(Selection selection, Topology topology) {
        if (selection instanceof Nodes nodes) {
            Optional<Unavailable> refusal = missing(topology, nodes);
            return refusal.isPresent() ? refusal.get() : selection;
        }
        return selection;
    }

    private Optional<Unavailable> missing(Topology topology, Nodes nodes) {
        Optional<Unavailable> policyRefusal = PolicySupport.check(policy, topology);
        if (policyRefusal.isPresent()) {
            return policyRefusal;
        }
        return switch (pages) {
            case BASE -> Optional.empty();
            case TRANSPARENT_HUGE -> TransparentHugePageCheck.check(topology.transparentHugePages());
            case HUGETLB_2M, HUGETLB_1G ->
                isAnywhere()
                        ? HugePageCheck.anywhere(topology, pages.hugeByteSize())
                        : HugePageCheck.onNodes(topology, pages.hugeByteSize(), nodes.union());
        };
    }

    /** {@return whether nothing is bound: memory comes from wherever the thread's policy says} */
    public boolean isAnywhere() {
        return choice == NodeRule.ANY;
    }
}
