package io.memkind.attribute;

/** The pages that memory is made of. */
public enum PageKind {
    /** The system's base pages; transparent huge pages where the system's mode is {@code always}. */
    BASE(0),
    /** Base pages for which the kernel is asked, by madvise(2), to use transparent huge pages. */
    TRANSPARENT_HUGE(2L << 20),
    /** Pages of 2 MiB from the hugetlb pool. */
    HUGETLB_2M(2L << 20),
    /** Pages of 1 GiB from the hugetlb pool. */
    HUGETLB_1G(1L << 30);

    private final long hugeByteSize;

    PageKind(long hugeByteSize) {
        this.hugeByteSize = hugeByteSize;
    }

    /** {@return the size of a huge page in bytes; 0 for base pages} */
    public long hugeByteSize() {
        return hugeByteSize;
    }

    /** {@return whether the pages come from a hugetlb pool, which has to have some} */
    public boolean isHugetlb() {
        return this == HUGETLB_2M || this == HUGETLB_1G;
    }
}
