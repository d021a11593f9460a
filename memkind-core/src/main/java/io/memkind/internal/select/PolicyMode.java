package io.memkind.internal.select;

/** The memory policy of a kind's mappings (mbind(2)). */
public enum PolicyMode {
    /** Not bound: the thread's policy holds. */
    NONE,
    /** MPOL_BIND. */
    BIND,
    /** MPOL_PREFERRED. */
    PREFERRED,
    /** MPOL_INTERLEAVE. */
    INTERLEAVE
}
