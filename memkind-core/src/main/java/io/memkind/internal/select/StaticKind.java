package io.memkind.internal.select;

import io.memkind.internal.select.Selection.Nodes;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.Locale;
import java.util.Optional;

/** The static kinds of the C library, in its order. */
public enum StaticKind {
    /** Memory as malloc(3) gives it. */
    DEFAULT(NodeRule.ANY, PolicyMode.NONE, PageKind.BASE),
    /** The closest high-bandwidth memory. */
    HBW(NodeRule.HBW, PolicyMode.BIND, PageKind.BASE),
    /** The closest high-bandwidth node first. */
    HBW_PREFERRED(NodeRule.HBW_SINGLE, PolicyMode.PREFERRED, PageKind.BASE),
    /** The closest high-bandwidth memory, in huge pages. */
    HBW_HUGETLB(NodeRule.HBW, PolicyMode.BIND, PageKind.HUGETLB_2M),
    /** The closest high-bandwidth node first, in huge pages. */
    HBW_PREFERRED_HUGETLB(NodeRule.HBW_SINGLE, PolicyMode.PREFERRED, PageKind.HUGETLB_2M),
    /** Huge pages. */
    HUGETLB(NodeRule.ANY, PolicyMode.NONE, PageKind.HUGETLB_2M),
    /** All high-bandwidth memory, page by page in turn. */
    HBW_INTERLEAVE(NodeRule.HBW_ALL, PolicyMode.INTERLEAVE, PageKind.BASE, true),
    /** All memory, page by page in turn. */
    INTERLEAVE(NodeRule.ALLOWED, PolicyMode.INTERLEAVE, PageKind.BASE, true),
    /** Memory of the nodes with processors. */
    REGULAR(NodeRule.WITH_PROCESSORS, PolicyMode.BIND, PageKind.BASE),
    /** All high-bandwidth memory. */
    HBW_ALL(NodeRule.HBW_ALL, PolicyMode.BIND, PageKind.BASE),
    /** All high-bandwidth memory, in huge pages. */
    HBW_ALL_HUGETLB(NodeRule.HBW_ALL, PolicyMode.BIND, PageKind.HUGETLB_2M),
    /** The closest DAX memory. */
    DAX_KMEM(NodeRule.DAX_KMEM, PolicyMode.BIND, PageKind.BASE),
    /** All DAX memory. */
    DAX_KMEM_ALL(NodeRule.DAX_KMEM_ALL, PolicyMode.BIND, PageKind.BASE),
    /** The closest node of DAX memory first. */
    DAX_KMEM_PREFERRED(NodeRule.DAX_KMEM_SINGLE, PolicyMode.PREFERRED, PageKind.BASE),
    /** All DAX memory, page by page in turn; unlike the other interleaving kinds, with transparent huge pages. */
    DAX_KMEM_INTERLEAVE(NodeRule.DAX_KMEM_ALL, PolicyMode.INTERLEAVE, PageKind.BASE),
    /** The largest nodes. */
    HIGHEST_CAPACITY(NodeRule.HIGHEST_CAPACITY, PolicyMode.BIND, PageKind.BASE),
    /** The largest node first. */
    HIGHEST_CAPACITY_PREFERRED(NodeRule.HIGHEST_CAPACITY_SINGLE, PolicyMode.PREFERRED, PageKind.BASE),
    /** The largest local node. */
    HIGHEST_CAPACITY_LOCAL(NodeRule.LOCAL_CAPACITY, PolicyMode.BIND, PageKind.BASE),
    /** The largest local node first. */
    HIGHEST_CAPACITY_LOCAL_PREFERRED(NodeRule.LOCAL_CAPACITY, PolicyMode.PREFERRED, PageKind.BASE),
    /** The local node of least latency. */
    LOWEST_LATENCY_LOCAL(NodeRule.LOCAL_LATENCY, PolicyMode.BIND, PageKind.BASE),
    /** The local node of least latency first. */
    LOWEST_LATENCY_LOCAL_PREFERRED(NodeRule.LOCAL_LATENCY, PolicyMode.PREFERRED, PageKind.BASE),
    /** The local node of most bandwidth. */
    HIGHEST_BANDWIDTH_LOCAL(NodeRule.LOCAL_BANDWIDTH, PolicyMode.BIND, PageKind.BASE),
    /** The local node of most bandwidth first. */
    HIGHEST_BANDWIDTH_LOCAL_PREFERRED(NodeRule.LOCAL_BANDWIDTH, PolicyMode.PREFERRED, PageKind.BASE);

    private final NodeRule rule;
    private final PolicyMode mode;
    private final PageKind pages;
    private final boolean transparentHugePagesOff;

    StaticKind(NodeRule rule, PolicyMode mode, PageKind pages) {
        this(rule, mode, pages, false);
    }

    StaticKind(NodeRule rule, PolicyMode mode, PageKind pages, boolean transparentHugePagesOff) {
        this.rule = rule;
        this.mode = mode;
        this.pages = pages;
        this.transparentHugePagesOff = transparentHugePagesOff;
    }

    /** {@return the C library's name, such as {@code memkind_hbw_preferred}} */
    public String kindName() {
        return "memkind_" + name().toLowerCase(Locale.ROOT);
    }

    /** {@return how its nodes are chosen} */
    public NodeRule rule() {
        return rule;
    }

    /** {@return the policy of its mappings} */
    public PolicyMode mode() {
        return mode;
    }

    /** {@return its pages} */
    public PageKind pages() {
        return pages;
    }

    /** {@return whether its mappings refuse transparent huge pages (MADV_NOHUGEPAGE), so that single pages interleave} */
    public boolean transparentHugePagesOff() {
        return transparentHugePagesOff;
    }

    /**
     * Its nodes on a machine, if it is available there: nodes by its rule, and huge pages on them if it needs any.
     *
     * @param topology the machine
     * @param overrides what the user says about its nodes
     * @return the nodes, or why it is not available
     */
    public Selection select(Topology topology, NodeOverrides overrides) {
        Selection selection = NodeSelector.select(rule, topology, overrides);
        if (pages == PageKind.BASE || !(selection instanceof Nodes nodes)) {
            return selection;
        }
        Optional<Unavailable> refusal = rule == NodeRule.ANY
                ? HugePageCheck.anywhere(topology, PageKind.HUGETLB_2M_BYTES)
                : HugePageCheck.onNodes(topology, PageKind.HUGETLB_2M_BYTES, nodes.union());
        return refusal.isPresent() ? refusal.get() : selection;
    }
}
