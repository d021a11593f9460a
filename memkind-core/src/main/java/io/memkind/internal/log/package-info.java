/** The log of the library: the one place that knows where its lines go. */
@NullMarked
package io.memkind.internal.log;

import org.jspecify.annotations.NullMarked;
