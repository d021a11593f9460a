/** Looking into the kinds of another process: finding it, attaching to it, reading its management bean. */
@NullMarked
package io.memkind.cli.stats;

import org.jspecify.annotations.NullMarked;
