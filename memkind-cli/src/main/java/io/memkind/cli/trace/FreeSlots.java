package io.memkind.cli.trace;

import java.util.Arrays;

/**
 * The set of emptied slots, which finds its lowest member at once.
 *
 * <p>A tree of bit maps: bit i of level n + 1 says that word i of level n is not zero. So even a hostile order of
 * events costs five words an operation.
 */
final class FreeSlots {
    private static final int LEVEL_COUNT = 5;

    private final long[][] levels = new long[LEVEL_COUNT][1];

    void add(int slot) {
        int index = slot;
        for (int level = 0; level < LEVEL_COUNT; level++) {
            int word = index >>> 6;
            if (word >= levels[level].length) {
                levels[level] = Arrays.copyOf(levels[level], Math.max(word + 1, 2 * levels[level].length));
            }
            long old = levels[level][word];
            levels[level][word] = old | (1L << index);
            if (old != 0) {
                return;
            }
            index = word;
        }
    }

    void remove(int slot) {
        int index = slot;
        for (int level = 0; level < LEVEL_COUNT; level++) {
            int word = index >>> 6;
            levels[level][word] &= ~(1L << index);
            if (levels[level][word] != 0) {
                return;
            }
            index = word;
        }
    }

    /** The lowest member, or -1 when there is none. */
    int lowest() {
        if (levels[LEVEL_COUNT - 1][0] == 0) {
            return -1;
        }
        int index = 0;
        for (int level = LEVEL_COUNT - 1; level >= 0; level--) {
            index = (index << 6) | Long.numberOfTrailingZeros(levels[level][index]);
        }
        return index;
    }
}
