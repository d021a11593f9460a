/**
 * What memory the machine has: NUMA nodes and huge page pools, read from a sysfs tree.
 *
 * <p>Sources: Documentation/ABI/stable/sysfs-devices-node and Documentation/admin-guide/mm/hugetlbpage.rst of Linux.
 */
@NullMarked
package io.memkind.topology;

import org.jspecify.annotations.NullMarked;
