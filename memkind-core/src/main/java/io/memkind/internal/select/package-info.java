/**
 * Which nodes a kind's memory comes from: pure functions of a machine and of what the user says about it. The rules are
 * those of the C library (memkind 1.14), without its defects; {@link io.memkind.internal.select.NodeRule} has the table.
 */
@NullMarked
package io.memkind.internal.select;

import org.jspecify.annotations.NullMarked;
