package io.memkind.internal.select;

/** The pages of a kind. */
public enum PageKind {
    /** The system's base pages. */
    BASE,
    /** Pages of 2 MiB from the hugetlb pool. */
    HUGETLB_2M;

    /** Size of a page of {@link #HUGETLB_2M}. */
    public static final long HUGETLB_2M_BYTES = 2L << 20;
}
