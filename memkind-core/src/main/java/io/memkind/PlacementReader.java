package io.memkind;

import io.memkind.attribute.PageKind;
import io.memkind.internal.extent.PageLocator;
import io.memkind.internal.heap.Heap;
import java.lang.foreign.MemorySegment;
import java.util.SortedMap;

/** Asks the kernel where the pages of a segment are. */
final class PlacementReader {
    private PlacementReader() {}

    /* Of the pages that the segment touches, in units of the base page. */
    static long pageBytes(MemorySegment segment) {
        long page = Heap.pageByteSize();
        long start = segment.address() & -page;
        return (segment.address() + segment.byteSize() - start + page - 1) & -page;
    }

    static Placement read(MemorySegment segment) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException("the segment is on the Java heap");
        }
        SortedMap<Integer, Long> nodes = PageLocator.bytesPerNode(segment.address(), segment.byteSize());
        long resident = nodes.values().stream().mapToLong(Long::longValue).sum();
        return new Placement(
                resident,
                nodes,
                PageLocator.bytesPerPageSize(
                        segment.address(), segment.byteSize(), resident, PageKind.TRANSPARENT_HUGE.hugeByteSize()));
    }
}
