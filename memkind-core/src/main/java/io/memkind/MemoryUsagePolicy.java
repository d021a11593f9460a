package io.memkind;

/** What a file kind does with memory that was freed: the C library's {@code memkind_mem_usage_policy}. */
public enum MemoryUsagePolicy {
    /** Keeps it for up to 10 seconds, for reuse without a system call. */
    DEFAULT,
    /**
     * Gives every page back to the file system in the very call that frees its last block. Slow: most allocations and frees
     * make system calls.
     */
    CONSERVATIVE
}
