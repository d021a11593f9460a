package io.memkind.internal.os;

/** Modes of mbind(2), from include/uapi/linux/mempolicy.h. */
public final class MemoryPolicy {
    public static final int DEFAULT = 0;
    public static final int PREFERRED = 1;
    public static final int BIND = 2;
    public static final int INTERLEAVE = 3;

    /** Linux 5.15 or newer. */
    public static final int PREFERRED_MANY = 5;

    /** Linux 6.9 or newer. */
    public static final int WEIGHTED_INTERLEAVE = 6;

    private MemoryPolicy() {}
}
