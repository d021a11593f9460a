package io.memkind.topology;

/**
 * The pool of hugetlb pages of one size, of all nodes together.
 *
 * @param pageByteSize size of a page in bytes
 * @param totalPages pages set aside ({@code nr_hugepages})
 * @param freePages those of them that nobody uses
 * @param overcommitPages pages that the kernel may add on demand ({@code nr_overcommit_hugepages})
 */
public record HugePagePool(long pageByteSize, long totalPages, long freePages, long overcommitPages) {}
