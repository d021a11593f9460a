package io.memkind.internal.select;

import static io.memkind.attribute.PageKind.BASE;
import static io.memkind.attribute.PageKind.HUGETLB_1G;
import static io.memkind.attribute.PageKind.TRANSPARENT_HUGE;

import io.memkind.attribute.NodePolicy;
import io.memkind.attribute.PageKind;
import java.util.Locale;

/** The static kinds that the C library does not have. */
public enum OwnKind {
    /** Memory as malloc(3) gives it, in transparent huge pages. */
    DEFAULT_THP(NodeRule.ANY, NodePolicy.NONE, TRANSPARENT_HUGE),
    /** The memory of the node that the thread runs on. */
    LOCAL(OwnRule.NEAREST, NodePolicy.BIND, BASE),
    /** The memory local to the thread, page by page in turn. */
    INTERLEAVE_LOCAL(OwnRule.LOCAL_ALL, NodePolicy.INTERLEAVE, BASE),
    /** All memory in turn, by the weights of the nodes. */
    WEIGHTED_INTERLEAVE(NodeRule.ALLOWED, NodePolicy.WEIGHTED_INTERLEAVE, BASE),
    /** The closest high-bandwidth nodes first, be it one or several. */
    HBW_PREFERRED_MANY(NodeRule.HBW, NodePolicy.PREFERRED_MANY, BASE),
    /** The closest high-bandwidth memory, page by page in turn. */
    HBW_INTERLEAVE_LOCAL(NodeRule.HBW, NodePolicy.INTERLEAVE, BASE),
    /** Huge pages of 1 GiB. */
    HUGETLB_1GB(NodeRule.ANY, NodePolicy.NONE, HUGETLB_1G),
    /** The closest high-bandwidth memory, in huge pages of 1 GiB. */
    HBW_HUGETLB_1GB(NodeRule.HBW, NodePolicy.BIND, HUGETLB_1G),
    /** The closest high-bandwidth node first, in huge pages of 1 GiB. */
    HBW_PREFERRED_HUGETLB_1GB(NodeRule.HBW_SINGLE, NodePolicy.PREFERRED, HUGETLB_1G),
    /** All high-bandwidth memory, in huge pages of 1 GiB. */
    HBW_ALL_HUGETLB_1GB(NodeRule.HBW_ALL, NodePolicy.BIND, HUGETLB_1G);

    @SuppressWarnings("ImmutableEnumChecker") // of enums and strings only
    private final KindSpec spec;

    OwnKind(NodeChoice choice, NodePolicy policy, PageKind pages) {
        boolean interleaves = policy == NodePolicy.INTERLEAVE || policy == NodePolicy.WEIGHTED_INTERLEAVE;
        spec = new KindSpec("memkind_" + name().toLowerCase(Locale.ROOT), choice, policy, pages, interleaves);
    }

    /** {@return what it is made of} */
    public KindSpec spec() {
        return spec;
    }
}
