package io.memkind.internal.select;

import io.memkind.attribute.NodePolicy;
import io.memkind.attribute.PageKind;
import java.util.Locale;

/** The static kinds of the C library, in its order. */
public enum StaticKind {
    /** Memory as malloc(3) gives it. */
    DEFAULT(NodeRule.ANY, NodePolicy.NONE, PageKind.BASE),
    /** The closest high-bandwidth memory. */
    HBW(NodeRule.HBW, NodePolicy.BIND, PageKind.BASE),
    /** The closest high-bandwidth node first. */
    HBW_PREFERRED(NodeRule.HBW_SINGLE, NodePolicy.PREFERRED, PageKind.BASE),
    /** The closest high-bandwidth memory, in huge pages. */
    HBW_HUGETLB(NodeRule.HBW, NodePolicy.BIND, PageKind.HUGETLB_2M),
    /** The closest high-bandwidth node first, in huge pages. */
    HBW_PREFERRED_HUGETLB(NodeRule.HBW_SINGLE, NodePolicy.PREFERRED, PageKind.HUGETLB_2M),
    /** Huge pages. */
    HUGETLB(NodeRule.ANY, NodePolicy.NONE, PageKind.HUGETLB_2M),
    /** All high-bandwidth memory, page by page in turn. */
    HBW_INTERLEAVE(NodeRule.HBW_ALL, NodePolicy.INTERLEAVE, PageKind.BASE, true),
    /** All memory, page by page in turn. */
    INTERLEAVE(NodeRule.ALLOWED, NodePolicy.INTERLEAVE, PageKind.BASE, true),
    /** Memory of the nodes with processors. */
    REGULAR(NodeRule.WITH_PROCESSORS, NodePolicy.BIND, PageKind.BASE),
    /** All high-bandwidth memory. */
    HBW_ALL(NodeRule.HBW_ALL, NodePolicy.BIND, PageKind.BASE),
    /** All high-bandwidth memory, in huge pages. */
    HBW_ALL_HUGETLB(NodeRule.HBW_ALL, NodePolicy.BIND, PageKind.HUGETLB_2M),
    /** The closest DAX memory. */
    DAX_KMEM(NodeRule.DAX_KMEM, NodePolicy.BIND, PageKind.BASE),
    /** All DAX memory. */
    DAX_KMEM_ALL(NodeRule.DAX_KMEM_ALL, NodePolicy.BIND, PageKind.BASE),
    /** The closest node of DAX memory first. */
    DAX_KMEM_PREFERRED(NodeRule.DAX_KMEM_SINGLE, NodePolicy.PREFERRED, PageKind.BASE),
    /** All DAX memory, page by page in turn; unlike the other interleaving kinds, with transparent huge pages. */
    DAX_KMEM_INTERLEAVE(NodeRule.DAX_KMEM_ALL, NodePolicy.INTERLEAVE, PageKind.BASE),
    /** The largest nodes. */
    HIGHEST_CAPACITY(NodeRule.HIGHEST_CAPACITY, NodePolicy.BIND, PageKind.BASE),
    /** The largest node first. */
    HIGHEST_CAPACITY_PREFERRED(NodeRule.HIGHEST_CAPACITY_SINGLE, NodePolicy.PREFERRED, PageKind.BASE),
    /** The largest local node. */
    HIGHEST_CAPACITY_LOCAL(NodeRule.LOCAL_CAPACITY, NodePolicy.BIND, PageKind.BASE),
    /** The largest local node first. */
    HIGHEST_CAPACITY_LOCAL_PREFERRED(NodeRule.LOCAL_CAPACITY, NodePolicy.PREFERRED, PageKind.BASE),
    /** The local node of least latency. */
    LOWEST_LATENCY_LOCAL(NodeRule.LOCAL_LATENCY, NodePolicy.BIND, PageKind.BASE),
    /** The local node of least latency first. */
    LOWEST_LATENCY_LOCAL_PREFERRED(NodeRule.LOCAL_LATENCY, NodePolicy.PREFERRED, PageKind.BASE),
    /** The local node of most bandwidth. */
    HIGHEST_BANDWIDTH_LOCAL(NodeRule.LOCAL_BANDWIDTH, NodePolicy.BIND, PageKind.BASE),
    /** The local node of most bandwidth first. */
    HIGHEST_BANDWIDTH_LOCAL_PREFERRED(NodeRule.LOCAL_BANDWIDTH, NodePolicy.PREFERRED, PageKind.BASE);

    @SuppressWarnings("ImmutableEnumChecker") // of enums and strings only
    private final KindSpec spec;

    StaticKind(NodeRule rule, NodePolicy policy, PageKind pages) {
        this(rule, policy, pages, false);
    }

    StaticKind(NodeRule rule, NodePolicy policy, PageKind pages, boolean transparentHugePagesOff) {
        spec = new KindSpec("memkind_" + name().toLowerCase(Locale.ROOT), rule, policy, pages, transparentHugePagesOff);
    }

    /** {@return what it is made of} */
    public KindSpec spec() {
        return spec;
    }
}
