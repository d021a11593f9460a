package io.memkind.hbw;

/** The pages of a block. */
public enum HbwPageSize {
    /** The base pages of the system: 4 KiB on x86-64. */
    BASE,
    /** Pages of 2 MiB, from the hugetlb pool. */
    HUGE_2MB
}
