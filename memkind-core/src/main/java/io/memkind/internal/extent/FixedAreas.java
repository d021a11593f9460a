package io.memkind.internal.extent;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The memory given by callers that heaps of this process manage now: no two overlap.
 *
 * <p>A caller may end the life of such memory at any time. Its addresses can then come back as memory of another heap,
 * while the records of the dead one are still in the process-wide maps. So whoever maps memory has the dead heaps there
 * closed first.
 */
final class FixedAreas {
    private static final TreeMap<Long, FixedSource> BY_ADDRESS = new TreeMap<>();

    private static volatile boolean everUsed;

    private FixedAreas() {}

    /**
     * Enters a source.
     *
     * @throws IllegalArgumentException if its memory overlaps that of another one that is alive, or of any other heap
     */
    static void claim(FixedSource source) {
        everUsed = true;
        evictDead(source.address(), source.byteSize(), source);
        synchronized (BY_ADDRESS) {
            for (FixedSource other : overlapping(source.address(), source.byteSize())) {
                throw new IllegalArgumentException("the segment " + source.range()
                        + " overlaps that of another open fixed kind, " + other.range() + "; close that kind first");
            }
            BY_ADDRESS.put(source.address(), source);
        }
        if (PageMap.anyOwnerIn(source.address(), source.byteSize()) != null) {
            release(source);
            throw new IllegalArgumentException("the segment " + source.range()
                    + " lies in memory of another kind; give memory from an Arena of the JDK or from mmap");
        }
    }

    static void release(FixedSource source) {
        synchronized (BY_ADDRESS) {
            BY_ADDRESS.remove(source.address(), source);
        }
    }

    /** The range, new to this process, is {@code taker}'s: heaps over dead memory in it are closed before this returns. */
    static void evictDead(long address, long byteSize, ExtentSource taker) {
        if (!everUsed) {
            return;
        }
        List<FixedSource> dead = new ArrayList<>();
        synchronized (BY_ADDRESS) {
            for (FixedSource source : overlapping(address, byteSize)) {
                if (source != taker && !source.isAlive()) {
                    BY_ADDRESS.remove(source.address());
                    dead.add(source);
                }
            }
        }
        dead.forEach(FixedSource::lose);
    }

    private static List<FixedSource> overlapping(long address, long byteSize) {
        List<FixedSource> found =
                new ArrayList<>(BY_ADDRESS.subMap(address, address + byteSize).values());
        Map.Entry<Long, FixedSource> below = BY_ADDRESS.lowerEntry(address);
        if (below != null && below.getKey() + below.getValue().byteSize() > address) {
            found.add(below.getValue());
        }
        return found;
    }
}
