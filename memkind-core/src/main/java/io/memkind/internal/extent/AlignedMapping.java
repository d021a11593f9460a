package io.memkind.internal.extent;

import io.memkind.internal.os.MapFlags;
import io.memkind.internal.os.VirtualMemory;

/** Maps private anonymous memory at an alignment that mmap(2) may not give by itself. */
final class AlignedMapping {
    private AlignedMapping() {}

    /**
     * Maps memory whose address is a multiple of {@code alignment}.
     *
     * @param alignment a power of two
     * @return the address, or -errno; nothing is left mapped then
     */
    static long map(VirtualMemory memory, long byteSize, long alignment, int flags) {
        long address = memory.map(byteSize, flags);
        if (address <= 0 || (address & (alignment - 1)) == 0) {
            return address;
        }
        memory.unmap(address, byteSize);
        return mapAndCut(memory, byteSize, alignment, flags);
    }

    /* Maps too much. Without a reservation, since the alignment may exceed the machine's memory by far. */
    private static long mapAndCut(VirtualMemory memory, long byteSize, long alignment, int flags) {
        long address = memory.map(byteSize + alignment, flags | MapFlags.NORESERVE);
        if (address <= 0) {
            return address;
        }
        long start = (address + alignment - 1) & -alignment;
        int head = start > address ? memory.unmap(address, start - address) : 0;
        int tail = memory.unmap(start + byteSize, address + alignment - start);
        if (head == 0 && tail == 0) {
            return start;
        }
        /* Cutting takes two more mappings than the process may have: give up the whole, as far as it is still there. */
        memory.unmap(
                head == 0 ? start : address,
                (tail == 0 ? start + byteSize : address + byteSize + alignment) - (head == 0 ? start : address));
        return Math.min(head, tail);
    }
}
