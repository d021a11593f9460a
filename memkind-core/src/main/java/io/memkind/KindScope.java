package io.memkind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** The scope of the segments of a kind that can be closed. Thread-safe. */
final class KindScope {
    private final Arena arena = Arena.ofShared();

    /** Fails if the scope has ended. */
    @SuppressWarnings("restricted")
    MemorySegment segment(long address, long byteSize) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize, arena, null);
    }

    boolean isOf(MemorySegment segment) {
        return arena.scope().equals(segment.scope());
    }

    /** Ends the scope, if it has not ended: when this returns, nobody is inside a segment, or can get there. */
    void end(MemoryKind kind) {
        try {
            arena.close();
        } catch (IllegalStateException e) {
            if (arena.scope().isAlive()) {
                throw KindErrors.inUse(kind, e);
            }
        }
    }
}
