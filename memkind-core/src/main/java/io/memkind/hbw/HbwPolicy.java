package io.memkind.hbw;

/** Which high-bandwidth memory a process takes, and what it takes when there is none. */
public enum HbwPolicy {
    /** The closest high-bandwidth nodes, and no others: {@link io.memkind.Kinds#HBW}. */
    BIND,
    /**
     * The closest high-bandwidth node first, then others: {@link io.memkind.Kinds#HBW_PREFERRED}. On a machine that does not have
     * that kind, any memory: {@link io.memkind.Kinds#DEFAULT}. The policy of a process that sets none.
     */
    PREFERRED,
    /** All high-bandwidth nodes, page by page in turn: {@link io.memkind.Kinds#HBW_INTERLEAVE}. Without huge pages. */
    INTERLEAVE,
    /** All high-bandwidth nodes, and no others: {@link io.memkind.Kinds#HBW_ALL}. */
    BIND_ALL
}
