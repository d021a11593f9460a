/**
 * The heap: size classes, slabs owned by threads, remote frees, large blocks. Knows nothing of kinds.
 *
 * <p>Who may touch what:
 *
 * <ul>
 *   <li>a {@link io.memkind.internal.heap.Shard} and its slabs: only whoever is inside the shard, see {@link
 *       io.memkind.internal.heap.ShardGate};
 *   <li>the remote words of a slab and the queue of {@link io.memkind.internal.heap.RemoteFrees}: anyone, atomically;
 *   <li>the state of a {@link io.memkind.internal.heap.LargeBlock}: anyone, by compare-and-set.
 * </ul>
 *
 * <p>Lock order: shard, then extent pool.
 */
@NullMarked
package io.memkind.internal.heap;

import org.jspecify.annotations.NullMarked;
