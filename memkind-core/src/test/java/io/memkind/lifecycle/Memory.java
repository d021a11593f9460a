package io.memkind.lifecycle;

import java.lang.foreign.MemorySegment;

/** All of the address space. */
final class Memory {
    @SuppressWarnings("restricted")
    static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private Memory() {}
}
