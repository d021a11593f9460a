/** Replaying a trace with the threads of the recorded program, in an order that its objects allow. */
@NullMarked
package io.memkind.cli.replay.threaded;

import org.jspecify.annotations.NullMarked;
