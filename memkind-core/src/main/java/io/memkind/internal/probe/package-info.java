/** Times memory: buffers on a node, threads on processors, the loops that read. Knows nothing of machines as a whole. */
@NullMarked
package io.memkind.internal.probe;

import org.jspecify.annotations.NullMarked;
