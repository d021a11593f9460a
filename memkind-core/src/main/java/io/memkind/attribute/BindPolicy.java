package io.memkind.attribute;

/** How memory of a sort is to be bound. */
public enum BindPolicy {
    /** To the nearest nodes of the sort, and no others. */
    BIND_LOCAL,
    /** To all nodes of the sort, and no others. */
    BIND_ALL,
    /** To the nearest node of the sort, and to others when it is full or there is none. */
    PREFERRED_LOCAL,
    /** In turn to the nearest nodes of the sort. Unlike in the C library, there are kinds that have it. */
    INTERLEAVE_LOCAL,
    /** In turn to all nodes of the sort. */
    INTERLEAVE_ALL
}
