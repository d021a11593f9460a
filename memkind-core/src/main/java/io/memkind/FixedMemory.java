package io.memkind;

import io.memkind.internal.extent.ExtentSource;
import io.memkind.internal.extent.FixedSource;
import io.memkind.topology.Topology;
import java.lang.foreign.MemorySegment;
import java.util.OptionalLong;

/** One segment of the caller's, as memory of a kind. */
final class FixedMemory implements KindMemory {
    private final MemorySegment segment;
    private final FixedSource source;

    FixedMemory(MemorySegment segment) {
        this.segment = segment;
        this.source = new FixedSource(segment, FixedKinds.MIN_BYTE_SIZE);
    }

    long byteSize() {
        return source.byteSize();
    }

    /* Only one heap can manage the segment at a time: for another one it is claimed anew, which fails while this is open. */
    @Override
    public ExtentSource source(long limitBytes) {
        return source.take() ? source : new FixedSource(segment, FixedKinds.MIN_BYTE_SIZE);
    }

    @Override
    public Availability availability(Topology topology) {
        return Availability.YES;
    }

    @Override
    public OptionalLong capacityBytes(Topology topology) {
        return OptionalLong.of(byteSize());
    }

    @Override
    public long hugePageByteSize() {
        return KindDescription.BASE_PAGE;
    }
}
