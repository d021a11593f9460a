/**
 * What hwloc makes of a machine's nodes: which processors each node's memory is near to, how fast it is from there, and in
 * which order the nodes come. The C library sees the machine through hwloc, so its choices follow from this.
 *
 * <p>Source: hwloc 2.14, {@code topology-linux.c}, {@code topology.c} and {@code memattrs.c}; from Linux, the
 * documentation of the access classes, Documentation/admin-guide/mm/numaperf.rst.
 */
@NullMarked
package io.memkind.internal.locality;

import org.jspecify.annotations.NullMarked;
