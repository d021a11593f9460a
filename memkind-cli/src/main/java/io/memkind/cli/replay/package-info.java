/** Replaying a trace on a kind of memory: how fast is its heap, and how much memory does it take. */
@NullMarked
package io.memkind.cli.replay;

import org.jspecify.annotations.NullMarked;
