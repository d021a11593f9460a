/** Recorded allocation traces: reading, checking and holding them. Depends on nothing else of this module. */
@NullMarked
package io.memkind.cli.trace;

import org.jspecify.annotations.NullMarked;
