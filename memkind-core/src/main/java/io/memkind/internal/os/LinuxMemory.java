package io.memkind.internal.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** {@link VirtualMemory} by the system calls of the running kernel. */
public final class LinuxMemory implements VirtualMemory {
    public static final LinuxMemory INSTANCE = new LinuxMemory();

    static final int PROT_READ_WRITE = 0x1 | 0x2;
    /* membarrier(2): commands of include/uapi/linux/membarrier.h */
    private static final int MEMBARRIER_PRIVATE_EXPEDITED = 1 << 3;
    private static final int MEMBARRIER_REGISTER_PRIVATE_EXPEDITED = 1 << 4;
    /* mincore reports one byte a page; this many pages are asked for in one call: 32 MiB, with room for errno. */
    private static final long MINCORE_PAGES = CallScratch.SLOT_BYTES / 2;

    private final boolean barrierRegistered;

    private LinuxMemory() {
        barrierRegistered =
                Syscalls.syscall(Platform.current().membarrierNumber(), MEMBARRIER_REGISTER_PRIVATE_EXPEDITED, 0, 0)
                        == 0;
    }

    @Override
    public long map(long byteSize, int extraFlags) {
        return Syscalls.mmap(byteSize, PROT_READ_WRITE, MapFlags.PRIVATE | MapFlags.ANONYMOUS | extraFlags);
    }

    @Override
    public long replaceByZeros(long address, long byteSize) {
        int flags = MapFlags.PRIVATE | MapFlags.ANONYMOUS | MapFlags.NORESERVE | MapFlags.FIXED;
        return Syscalls.mmap(address, byteSize, PROT_READ_WRITE, flags, -1, 0);
    }

    @Override
    public int unmap(long address, long byteSize) {
        return Syscalls.munmap(address, byteSize);
    }

    @Override
    public int advise(long address, long byteSize, Advice advice) {
        return Syscalls.madvise(address, byteSize, advice.value);
    }

    @Override
    public int bind(long address, long byteSize, int mode, long[] nodeMask) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment mask = arena.allocateFrom(ValueLayout.JAVA_LONG, nodeMask);
            /* The kernel reads maxnode - 1 bits, see the BUGS section of mbind(2) of older manuals and get_nodes(). */
            long maxNode = 64L * nodeMask.length + 1;
            return (int)
                    Syscalls.mbind(Platform.current().mbindNumber(), address, byteSize, mode, mask.address(), maxNode);
        }
    }

    @Override
    public long residentBytes(long address, long byteSize) {
        long pageByteSize = PageSize.BYTES;
        long resident = 0;
        try (Arena arena = CallScratch.open()) {
            MemorySegment vector = arena.allocate(Math.min(MINCORE_PAGES, byteSize / pageByteSize + 1));
            for (long done = 0; done < byteSize; ) {
                long bytes = Math.min(byteSize - done, MINCORE_PAGES * pageByteSize);
                int result = Syscalls.mincore(address + done, bytes, vector);
                if (result < 0) {
                    return result;
                }
                long pages = bytes / pageByteSize;
                for (long page = 0; page < pages; page++) {
                    resident += vector.get(ValueLayout.JAVA_BYTE, page) & 1;
                }
                done += bytes;
            }
        }
        return resident * pageByteSize;
    }

    @Override
    public int nodesOf(long address, int[] nodes) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment addresses = arena.allocate(ValueLayout.JAVA_LONG, nodes.length);
            for (int i = 0; i < nodes.length; i++) {
                addresses.setAtIndex(ValueLayout.JAVA_LONG, i, address + i * PageSize.BYTES);
            }
            MemorySegment status = arena.allocate(ValueLayout.JAVA_INT, nodes.length);
            int number = Platform.current().movePagesNumber();
            long result = Syscalls.movePages(number, nodes.length, addresses.address(), status.address());
            if (result < 0) {
                return (int) result;
            }
            MemorySegment.copy(status, ValueLayout.JAVA_INT, 0, nodes, 0, nodes.length);
            return 0;
        }
    }

    @Override
    public int processBarrier() {
        if (!barrierRegistered) {
            return -Errno.ENOSYS;
        }
        return (int) Syscalls.syscall(Platform.current().membarrierNumber(), MEMBARRIER_PRIVATE_EXPEDITED, 0, 0);
    }
}
