package io.memkind;

import io.memkind.internal.extent.PageLocator;
import java.lang.foreign.MemorySegment;
import java.util.SortedMap;

/** Asks the kernel where the pages of a segment are. */
final class PlacementReader {
    private PlacementReader() {}

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
                        segment.address(), segment.byteSize(), resident, KindDescription.DEFAULT_THP.hugePageByteSize));
    }
}
