/**
 * Tiered memory: one allocator over several kinds, with a policy that picks the kind of each block. What memtier of the C
 * library was.
 *
 * <p>Start at {@link io.memkind.tier.TieredMemory}.
 */
@NullMarked
package io.memkind.tier;

import org.jspecify.annotations.NullMarked;
