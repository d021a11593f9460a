package io.memkind.hbw;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;

/** Writes to every page of a segment without changing it. */
final class PageToucher {
    /* The smallest page of any system; of larger ones, each is touched more than once. */
    private static final long PAGE_BYTES = 4096;

    private static final VarHandle INT = ValueLayout.JAVA_INT.varHandle();

    private PageToucher() {}

    static void touch(MemorySegment segment) {
        long offset = 0;
        while (offset < segment.byteSize()) {
            touchAt(segment, offset);
            offset += PAGE_BYTES - (segment.address() + offset & (PAGE_BYTES - 1));
        }
    }

    /* An atomic or with 0, so that what others write meanwhile is not lost; it needs four aligned bytes of the page. */
    private static void touchAt(MemorySegment segment, long offset) {
        long aligned = offset + (-(segment.address() + offset) & 3);
        if (aligned + 4 <= segment.byteSize()
                && (segment.address() + offset ^ segment.address() + aligned) < PAGE_BYTES) {
            INT.getAndBitwiseOr(segment, aligned, 0);
        } else {
            segment.set(ValueLayout.JAVA_BYTE, offset, segment.get(ValueLayout.JAVA_BYTE, offset));
        }
    }
}
