package io.memkind.internal.extent;

import io.memkind.internal.os.LinuxMemory;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.Smaps;
import io.memkind.internal.os.VirtualMemory;
import java.util.SortedMap;
import java.util.TreeMap;

/** Finds out where the pages of an address range are. */
public final class PageLocator {
    private static final int PAGES_PER_CALL = 1 << 14;

    private PageLocator() {}

    /** Resident bytes of the range by NUMA node. Whole OS pages count. */
    public static SortedMap<Integer, Long> bytesPerNode(long address, long byteSize) {
        return bytesPerNode(LinuxMemory.INSTANCE, address, byteSize);
    }

    static SortedMap<Integer, Long> bytesPerNode(VirtualMemory memory, long address, long byteSize) {
        SortedMap<Integer, Long> bytes = new TreeMap<>();
        long end = address + byteSize;
        long page = address & -PageSize.BYTES;
        while (page < end) {
            long missing = PageSize.pagesFor(end - page);
            int[] nodes = new int[(int) Math.min(PAGES_PER_CALL, missing)];
            if (memory.nodesOf(page, nodes) < 0) {
                return bytes;
            }
            for (int node : nodes) {
                if (node >= 0) {
                    bytes.merge(node, PageSize.BYTES, Long::sum);
                }
            }
            page += nodes.length * PageSize.BYTES;
        }
        return bytes;
    }

    /** Bytes of all transparent huge pages in the mappings that the ranges (pairs of start and end) lie in. */
    public static long transparentHugeBytes(long[][] ranges) {
        if (ranges.length == 0) {
            return 0;
        }
        long huge = 0;
        for (Smaps.Mapping mapping : Smaps.overlapping(ranges[0][0], ranges[ranges.length - 1][1])) {
            for (long[] range : ranges) {
                if (mapping.start() < range[1] && range[0] < mapping.end()) {
                    huge += mapping.hugeBytes();
                    break;
                }
            }
        }
        return huge;
    }

    /** Splits {@code residentBytes} of the range by the size of the pages behind them. */
    public static SortedMap<Long, Long> bytesPerPageSize(
            long address, long byteSize, long residentBytes, long transparentHugePageBytes) {
        SortedMap<Long, Long> bytes = new TreeMap<>();
        long missing = residentBytes;
        /* Whole OS pages, as in residentBytes: else the rest of the last page would count as a page of the base size. */
        long first = address & -PageSize.BYTES;
        long end = first + PageSize.pagesFor(address + byteSize - first) * PageSize.BYTES;
        for (Smaps.Mapping mapping : Smaps.overlapping(first, end)) {
            long overlap = Math.min(mapping.end(), end) - Math.max(mapping.start(), first);
            if (mapping.pageByteSize() > PageSize.BYTES) {
                missing -= add(bytes, mapping.pageByteSize(), Math.min(missing, overlap));
            } else {
                long huge = Math.min(Math.min(mapping.hugeBytes(), overlap), missing);
                missing -= add(bytes, transparentHugePageBytes, huge);
            }
        }
        add(bytes, PageSize.BYTES, missing);
        return bytes;
    }

    private static long add(SortedMap<Long, Long> bytes, long pageByteSize, long more) {
        if (more > 0) {
            bytes.merge(pageByteSize, more, Long::sum);
        }
        return Math.max(0, more);
    }
}
