/**
 * What another heap manager implements to manage the memory of kinds in place of the library's own heap: see {@link
 * io.memkind.spi.HeapManager}.
 *
 * <p>The library keeps what makes its contract: it checks every address before the manager sees it, zeroes, converts failures
 * into exceptions, and gives the manager memory of the kind.
 */
@NullMarked
package io.memkind.spi;

import org.jspecify.annotations.NullMarked;
