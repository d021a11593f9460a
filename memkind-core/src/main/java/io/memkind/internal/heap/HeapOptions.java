package io.memkind.internal.heap;

import java.time.Duration;

/**
 * What a heap may do.
 *
 * @param limitBytes the most that may be in use or dirty, in whole extents; {@code Long.MAX_VALUE} for no limit
 * @param decay how long freed memory may stay before all of it has gone back; zero to give it back at once
 * @param hogMemory never give memory back before the heap is closed
 */
public record HeapOptions(long limitBytes, Duration decay, boolean hogMemory) {
    /** No limit, jemalloc's 10 seconds of decay, no hogging. */
    public static final HeapOptions DEFAULT = new HeapOptions(Long.MAX_VALUE, Duration.ofSeconds(10), false);
}
