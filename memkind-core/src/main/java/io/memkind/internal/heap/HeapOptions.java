package io.memkind.internal.heap;

import java.time.Duration;

/**
 * What a heap may do.
 *
 * @param limitBytes the most that may be in use or dirty, in whole extents; {@code Long.MAX_VALUE} for no limit
 * @param decay how long freed memory may stay before all of it has gone back; zero to give it back at once
 * @param hogMemory never give memory back before the heap is closed
 * @param keepsNothing pages without a live block go back in the very call that frees the last: no magazines, no cached
 *     blocks, no empty slabs
 */
public record HeapOptions(long limitBytes, Duration decay, boolean hogMemory, boolean keepsNothing) {
    /** Keeps what makes the heap fast. */
    public HeapOptions(long limitBytes, Duration decay, boolean hogMemory) {
        this(limitBytes, decay, hogMemory, false);
    }

    /** No limit, jemalloc's 10 seconds of decay, no hogging. */
    public static final HeapOptions DEFAULT = new HeapOptions(Long.MAX_VALUE, Duration.ofSeconds(10), false);
}
