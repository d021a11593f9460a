/**
 * Where memory comes from: extents (page-multiple runs of address space) obtained from a source, reused, split, merged
 * and given back with time; and the page map that says who owns an address. Knows nothing of blocks, threads or kinds.
 *
 * <p>Locking: each {@link io.memkind.internal.extent.ExtentPool} has one lock that guards all its free extents; the page
 * map is read without a lock.
 */
@NullMarked
package io.memkind.internal.extent;

import org.jspecify.annotations.NullMarked;
