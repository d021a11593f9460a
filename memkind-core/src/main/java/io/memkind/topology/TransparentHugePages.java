package io.memkind.topology;

/** When the kernel uses transparent huge pages ({@code /sys/kernel/mm/transparent_hugepage/enabled}). */
public enum TransparentHugePages {
    /** Wherever it can. */
    ALWAYS,
    /** Where a program asked for them. */
    MADVISE,
    /** Not at all. */
    NEVER,
    /** The kernel was built without them, or does not tell. */
    UNKNOWN
}
