/**
 * What memory the machine has: NUMA nodes, how fast and how far they are, what sort of memory they have, huge page pools;
 * read from a sysfs tree.
 *
 * <p>Sources: Documentation/ABI/stable/sysfs-devices-node, Documentation/ABI/testing/sysfs-kernel-mm-memory-tiers,
 * Documentation/admin-guide/mm/numaperf.rst and hugetlbpage.rst of Linux; cpusets(7), cgroups(7), numa(3). What the C
 * library memkind calls high-bandwidth and DAX memory, and the variables that override it, are kept.
 */
@NullMarked
package io.memkind.topology;

import org.jspecify.annotations.NullMarked;
