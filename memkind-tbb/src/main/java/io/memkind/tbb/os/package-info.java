/** The native calls of this module: into libtbbmalloc and the C library. */
@NullMarked
package io.memkind.tbb.os;

import org.jspecify.annotations.NullMarked;
