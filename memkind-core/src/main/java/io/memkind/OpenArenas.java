package io.memkind;

import java.util.concurrent.atomic.LongAdder;

/**
 * The arenas that have blocks of a kind which can be closed: below their segments the addresses must stay mapped, since
 * the JVM lets the segments be accessed until the arena, and not the kind, is closed. Thread-safe.
 */
final class OpenArenas {
    /*
     * An arena is counted before it takes its first block, and until its scope has ended. Two counters that only grow, read
     * in this order: what was opened when the sum of the closed was taken is at least as much, so equal sums mean that
     * there was none at that moment. The heap takes care that nobody gets a block after it was closed.
     */
    private final LongAdder opened = new LongAdder();
    private final LongAdder closed = new LongAdder();

    void open() {
        opened.increment();
    }

    void close() {
        closed.increment();
    }

    /** After the heap refuses requests: whether an arena has blocks. */
    boolean any() {
        long closedSum = closed.sum();
        return opened.sum() != closedSum;
    }

    /** Frees a block of an arena whose scope has ended, unless it went with the kind. */
    static void free(MemoryKind kind, long block) {
        try {
            DetourCalls.freeOfArena(kind, block);
        } catch (InvalidAddressException | IllegalStateException e) {
            if (!kind.isClosed()) {
                throw e;
            }
        }
    }

    /** As {@link #free}, for the last block of an arena that is counted. */
    static void freeLast(MemoryKind kind, long block) {
        try {
            free(kind, block);
        } finally {
            kind.openArenas().close();
        }
    }
}
