/** Running ranges of events against an allocator, as fast as possible or with every byte verified. Knows no threads. */
@NullMarked
package io.memkind.cli.replay.step;

import org.jspecify.annotations.NullMarked;
