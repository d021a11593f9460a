package io.memkind.internal.extent;

import java.util.Map;
import java.util.TreeMap;

/** A set of address ranges that do not overlap; neighbours merge. Not thread-safe. */
final class AddressRanges {
    private final TreeMap<Long, Long> endByStart = new TreeMap<>();
    private long byteSize;

    long byteSize() {
        return byteSize;
    }

    /** Adds [address, address + bytes), which must not overlap a member. */
    void add(long address, long bytes) {
        long start = address;
        long end = address + bytes;
        Map.Entry<Long, Long> below = endByStart.floorEntry(address);
        if (below != null && below.getValue() == address) {
            start = below.getKey();
        }
        Long above = endByStart.remove(end);
        if (above != null) {
            end = above;
        }
        endByStart.put(start, end);
        byteSize += bytes;
    }

    /** Removes [address, address + bytes), which must lie in one member. */
    void remove(long address, long bytes) {
        Map.Entry<Long, Long> member = endByStart.floorEntry(address);
        long end = address + bytes;
        if (member == null || member.getValue() < end) {
            throw new IllegalStateException("range is not a member");
        }
        if (member.getValue() > end) {
            endByStart.put(end, member.getValue());
        }
        if (member.getKey() < address) {
            endByStart.put(member.getKey(), address);
        } else {
            endByStart.remove(address);
        }
        byteSize -= bytes;
    }

    boolean contains(long address) {
        Map.Entry<Long, Long> below = endByStart.floorEntry(address);
        return below != null && address < below.getValue();
    }

    /** Pairs of start and end, ascending. */
    long[][] toArray() {
        return endByStart.entrySet().stream()
                .map(e -> new long[] {e.getKey(), e.getValue()})
                .toArray(long[][]::new);
    }
}
