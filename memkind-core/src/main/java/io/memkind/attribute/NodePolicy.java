package io.memkind.attribute;

/** How memory is spread over the nodes of a kind: the modes of mbind(2). */
public enum NodePolicy {
    /** Not bound: the policy of the thread that touches a page first holds, see set_mempolicy(2). */
    NONE,
    /**
     * MPOL_BIND: from these nodes, and from no others. When they are full, the kernel frees or swaps pages there, and ends
     * a process in the end; huge pages of a hugetlb pool are an exception, their shortage is told.
     */
    BIND,
    /** MPOL_PREFERRED: from one node, and from the others when that is full. */
    PREFERRED,
    /** MPOL_PREFERRED_MANY: from these nodes, and from the others when they are full. Linux 5.15 or newer. */
    PREFERRED_MANY,
    /** MPOL_INTERLEAVE: page by page in turn. */
    INTERLEAVE,
    /**
     * MPOL_WEIGHTED_INTERLEAVE: in turn, with as many pages for each node as {@code
     * /sys/kernel/mm/mempolicy/weighted_interleave/nodeN} says. Linux 6.9 or newer.
     */
    WEIGHTED_INTERLEAVE
}
