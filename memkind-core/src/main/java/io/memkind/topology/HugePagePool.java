package io.memkind.topology;

/**
 * The pool of hugetlb pages of one size: of all nodes together ({@code /sys/kernel/mm/hugepages}), or a node's part of it
 * ({@code /sys/devices/system/node/nodeN/hugepages}).
 *
 * @param pageByteSize size of a page in bytes
 * @param totalPages pages that there are ({@code nr_hugepages})
 * @param freePages those of them that nobody uses
 * @param overcommitPages pages that the kernel may add on demand ({@code nr_overcommit_hugepages}); 0 for a node, which
 *     has no limit of its own
 * @param surplusPages those of {@code totalPages} that were added on demand
 */
public record HugePagePool(
        long pageByteSize, long totalPages, long freePages, long overcommitPages, long surplusPages) {
    /**
     * A pool without pages that were added on demand.
     *
     * @param pageByteSize size of a page in bytes
     * @param totalPages pages that there are
     * @param freePages those of them that nobody uses
     * @param overcommitPages pages that the kernel may add on demand
     */
    public HugePagePool(long pageByteSize, long totalPages, long freePages, long overcommitPages) {
        this(pageByteSize, totalPages, freePages, overcommitPages, 0);
    }
}
