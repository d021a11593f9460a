package io.memkind.internal.probe;

import io.memkind.internal.os.RawMemory;
import java.util.random.RandomGenerator;

/**
 * A walk through memory in which each load tells the address of the next, so that no two can overlap; in random order, so
 * that no prefetcher can foresee it. Every line is visited once before any is visited again: when the lines exceed a cache,
 * none is there still when its turn comes. For one thread at a time.
 */
public final class PointerChase {
    /** Of the caches of x86-64 and of most aarch64; where lines are longer, some are visited more than once a walk. */
    public static final int LINE_BYTE_SIZE = 64;

    private long position;

    /**
     * Writes the walk into memory.
     *
     * @param address of a multiple of {@link #LINE_BYTE_SIZE}, and as many lines as the cycle has
     * @param cycle the line after each line
     */
    public PointerChase(long address, int[] cycle) {
        for (int line = 0; line < cycle.length; line++) {
            RawMemory.putLong(lineAddress(address, line), lineAddress(address, cycle[line]));
        }
        position = address;
    }

    private static long lineAddress(long address, long line) {
        return address + line * LINE_BYTE_SIZE;
    }

    /** A permutation that is one single cycle, each of them being as likely (Sattolo's algorithm). */
    public static int[] cycle(int lineCount, RandomGenerator random) {
        int[] next = new int[lineCount];
        for (int line = 0; line < lineCount; line++) {
            next[line] = line;
        }
        for (int line = lineCount - 1; line > 0; line--) {
            int other = random.nextInt(line);
            int swapped = next[line];
            next[line] = next[other];
            next[other] = swapped;
        }
        return next;
    }

    /** Goes on with the walk. */
    void follow(int loadCount) {
        position = follow(position, loadCount);
    }

    private static long follow(long from, int loadCount) {
        long at = from;
        for (int i = 0; i < loadCount; i++) {
            at = RawMemory.getLong(at);
        }
        return at;
    }

    /** The address of the line that comes next. */
    long position() {
        return position;
    }
}
