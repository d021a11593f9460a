package io.memkind.bench;

/** SplitMix64, and sizes drawn with it: the same numbers as in {@code pair.c}. */
final class RandomNumbers {
    private static final double MEDIAN_BYTES = 96;
    private static final double SIGMA = 1.3;
    private static final double MAX_BYTES = 65536;

    private long state;

    RandomNumbers(long seed) {
        state = seed;
    }

    long next() {
        state += 0x9e3779b97f4a7c15L;
        long z = (state ^ state >>> 30) * 0xbf58476d1ce4e5b9L;
        z = (z ^ z >>> 27) * 0x94d049bb133111ebL;
        return z ^ z >>> 31;
    }

    /** Strictly between 0 and 1. */
    private double uniform() {
        return ((next() >>> 11) + 0.5) * 0x1p-53;
    }

    /** Log-normal sizes: half of them below 96 bytes, one in twenty above 800. */
    static int[] sizes(int count) {
        RandomNumbers random = new RandomNumbers(42);
        int[] sizes = new int[count];
        for (int i = 0; i < count; i++) {
            double radius = Math.sqrt(-2 * Math.log(random.uniform()));
            double angle = 2 * Math.PI * random.uniform();
            double size = MEDIAN_BYTES * Math.exp(SIGMA * radius * Math.cos(angle));
            sizes[i] = (int) Math.max(1, Math.min(MAX_BYTES, size));
        }
        return sizes;
    }
}
