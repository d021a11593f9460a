/**
 * Heaps of other managers ({@link io.memkind.spi.HeapManager}) over memory of a heap of ours: what makes them keep our
 * contract.
 */
@NullMarked
package io.memkind.internal.managed;

import org.jspecify.annotations.NullMarked;
