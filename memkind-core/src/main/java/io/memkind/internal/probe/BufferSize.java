package io.memkind.internal.probe;

import io.memkind.topology.NumaNode;
import java.util.OptionalLong;

/**
 * How much memory of a node is read. So much that caches do not matter, and so little that other programs on the node do not
 * notice: binding more than there is would call the kernel's out-of-memory killer.
 *
 * @param asked what the caller wants; empty to let the caches decide
 * @param cacheByteSize the largest last-level caches of a node, all together; 0 if unknown
 */
public record BufferSize(OptionalLong asked, long cacheByteSize) {
    private static final long MIB = 1 << 20;
    private static final long LEAST_USUAL = 256 * MIB;
    private static final long MOST_USUAL = 1024 * MIB;
    private static final long UNKNOWN_CACHE = 32 * MIB;
    /** Also of the largest page size that transparent huge pages usually have. */
    private static final long UNIT = 2 * MIB;

    private static final int PART_OF_FREE = 4;

    /** Bytes, a multiple of 2 MiB. */
    public long of(NumaNode node) throws UnmeasuredException {
        long cache = cacheByteSize == 0 ? UNKNOWN_CACHE : cacheByteSize;
        long usual = Math.clamp(4 * cache, LEAST_USUAL, MOST_USUAL);
        long wanted = asked.orElse(usual);
        long least = asked.orElse(Math.min(2 * cache, MOST_USUAL));
        long usable = node.freeBytes() / PART_OF_FREE;
        if (usable < least) {
            String why = asked.isPresent() ? "as asked for" : "twice the last-level cache";
            throw new UnmeasuredException("too little free memory: a quarter of it may be used, that is " + usable / MIB
                    + " MiB, and " + least / MIB + " MiB are needed, " + why);
        }
        return Math.max(UNIT, Math.min(wanted, usable) / UNIT * UNIT);
    }
}
