/**
 * The Linux port: the only package that makes native calls. Knows nothing of extents, heaps or kinds.
 *
 * <p>Sources: the man pages mmap(2), madvise(2), mincore(2), mbind(2), move_pages(2), membarrier(2), sched_setaffinity(2), open(2),
 * fallocate(2), ftruncate(2), pwrite(2), fstatfs(2).
 */
@NullMarked
package io.memkind.internal.os;

import org.jspecify.annotations.NullMarked;
