package io.memkind.internal.extent;

/**
 * How many dirty pages may stay, given when they became dirty: a smooth step from all of them to none over the decay
 * time, counted in {@value #STEPS} steps. The curve is jemalloc's (jemalloc(3), {@code opt.dirty_decay_ms}): a sudden
 * wave of freed memory neither goes back at once nor waits for the end. Not thread-safe.
 */
final class DecayCurve {
    static final int STEPS = 16;

    private final long[] grownPages = new long[STEPS];
    private int newest;
    private long seenPages;

    /**
     * One step of time has passed.
     *
     * @param dirtyPages pages that are dirty now
     * @return how many of them may stay
     */
    long step(long dirtyPages) {
        newest = (newest + 1) % STEPS;
        grownPages[newest] = Math.max(0, dirtyPages - seenPages);
        double kept = 0;
        for (int age = 0; age < STEPS; age++) {
            kept += grownPages[Math.floorMod(newest - age, STEPS)] * remaining(age);
        }
        long limit = Math.min(dirtyPages, (long) kept);
        seenPages = limit;
        return limit;
    }

    /* 1 - smoothstep((age + 1) / STEPS): a full step has passed for the youngest. */
    private static double remaining(int age) {
        double x = (age + 1) / (double) STEPS;
        return 1 - x * x * (3 - 2 * x);
    }
}
