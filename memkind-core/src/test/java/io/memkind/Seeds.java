package io.memkind;

import java.util.Random;

/**
 * Seeds of random tests: a fixed one, so that a failure repeats, or that of {@code -Dmemkind.seed=}. Tests put {@link
 * #describe} into the description of their assertions.
 */
public final class Seeds {
    private static final long BASE = Long.getLong("memkind.seed", 20_261_124L);

    private Seeds() {}

    /** The seed of the n-th run of a test. */
    public static long nth(int n) {
        return BASE + n;
    }

    public static Random random(int n) {
        return new Random(nth(n));
    }

    /** How to repeat the n-th run. */
    public static String describe(int n) {
        return "run " + n + " of -Dmemkind.seed=" + BASE;
    }
}
