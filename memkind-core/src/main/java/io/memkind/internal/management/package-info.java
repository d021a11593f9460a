/** The one place that uses the module {@code java.management}; loaded only where that is present. */
@NullMarked
package io.memkind.internal.management;

import org.jspecify.annotations.NullMarked;
