package io.memkind.tier;

/** Which of the stripes of a counter a thread uses. */
final class Stripes {
    private static final int MOST = 64;

    /** A power of two, no less than there are processors, up to a limit. */
    static final int COUNT =
            Math.min(MOST, Integer.highestOneBit(Runtime.getRuntime().availableProcessors() * 2 - 1));

    /** Distance of two stripes in an array, in elements of 8 bytes: two cache lines, since lines are fetched in pairs. */
    static final int SPACING = 16;

    private Stripes() {}

    /** The stripe of the calling thread: threads are numbered one by one, so that neighbours differ. */
    static int current() {
        return (int) Thread.currentThread().threadId() & (COUNT - 1);
    }

    /** An array with a long for each stripe. */
    static long[] newCells() {
        return new long[(COUNT + 1) * SPACING];
    }

    /** Where the long of a stripe is. */
    static int cell(int stripe) {
        return (stripe + 1) * SPACING;
    }
}
