package io.memkind.internal.os;

/** Modes of mbind(2), from include/uapi/linux/mempolicy.h. */
public final class MemoryPolicy {
    public static final int DEFAULT = 0;
    public static final int PREFERRED = 1;
    public static final int BIND = 2;
    public static final int INTERLEAVE = 3;

    private MemoryPolicy() {}
}
