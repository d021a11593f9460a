/** The {@code memkind} command: reads the command line, does the work, prints what came out. */
@NullMarked
package io.memkind.cli;

import org.jspecify.annotations.NullMarked;
