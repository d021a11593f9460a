package io.memkind;

import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.heap.AddressRefusedException;
import io.memkind.internal.managed.ManagedHeap;

/** The calls of kinds, to the heap that manages the kind, whether it is the library's own or another. */
final class ManagedCalls {
    private ManagedCalls() {}

    static long malloc(MemoryKind kind, long byteSize) {
        KindManager manager = kind.manager();
        if (manager == null) {
            return OwnCalls.malloc(kind, byteSize);
        }
        long size = Requests.sizeOf(byteSize);
        return allocate(kind, manager, size, ManagedHeap.naturalAlignment(size), false);
    }

    static long calloc(MemoryKind kind, long count, long byteSize) {
        KindManager manager = kind.manager();
        if (manager == null) {
            return OwnCalls.calloc(kind, count, byteSize);
        }
        long size = Requests.productOf(count, byteSize);
        return allocate(kind, manager, size, ManagedHeap.naturalAlignment(size), true);
    }

    static long memalign(MemoryKind kind, long byteAlignment, long byteSize) {
        KindManager manager = kind.manager();
        if (manager == null) {
            return OwnCalls.memalign(kind, byteAlignment, byteSize);
        }
        return allocateAligned(kind, manager, byteSize, byteAlignment, false);
    }

    static long zeroed(MemoryKind kind, long byteSize, long byteAlignment) {
        KindManager manager = kind.manager();
        if (manager == null) {
            return OwnCalls.zeroed(kind, byteSize, byteAlignment);
        }
        return allocateAligned(kind, manager, byteSize, byteAlignment, true);
    }

    private static long allocateAligned(
            MemoryKind kind, KindManager manager, long byteSize, long byteAlignment, boolean zeroed) {
        Requests.checkAlignment(byteAlignment);
        long size = Requests.sizeOf(byteSize);
        return allocate(kind, manager, size, Math.max(byteAlignment, ManagedHeap.naturalAlignment(size)), zeroed);
    }

    private static long allocate(
            MemoryKind kind, KindManager manager, long byteSize, long byteAlignment, boolean zeroed) {
        try {
            return manager.heap(kind).allocate(byteSize, byteAlignment, zeroed);
        } catch (ExtentUnavailableException e) {
            throw KindErrors.exhausted(kind, byteSize, e);
        }
    }

    static long realloc(MemoryKind kind, long address, long byteSize) {
        KindManager manager = kind.manager();
        if (manager == null) {
            return OwnCalls.realloc(kind, address, byteSize);
        }
        if (address == 0) {
            return malloc(kind, byteSize);
        }
        long size = Requests.sizeOf(byteSize);
        try {
            return manager.heap(kind).reallocate(address, size);
        } catch (ExtentUnavailableException e) {
            throw KindErrors.exhausted(kind, size, e);
        } catch (AddressRefusedException e) {
            throw KindErrors.refused(kind, address, e);
        }
    }

    /** Frees a block that has at least so many bytes. */
    static void free(MemoryKind kind, long address, long byteSize) {
        if (Requests.sizeOf(byteSize) > 1 && address != 0 && byteSize > usableSize(kind, address)) {
            throw KindErrors.tooLarge(kind, address, byteSize);
        }
        KindManager manager = kind.manager();
        if (manager == null) {
            OwnCalls.free(kind, address);
        } else if (address != 0) {
            try {
                manager.heap(kind).free(address);
            } catch (AddressRefusedException e) {
                throw KindErrors.refused(kind, address, e);
            }
        }
    }

    static long usableSize(MemoryKind kind, long address) {
        KindManager manager = kind.manager();
        if (manager == null) {
            return OwnCalls.usableSize(kind, address);
        }
        try {
            return manager.heap(kind).usableBytes(address);
        } catch (AddressRefusedException e) {
            throw KindErrors.refused(kind, address, e);
        }
    }

    /** Whether the address lies in a live block of the kind. */
    static boolean owns(MemoryKind kind, long address) {
        KindManager manager = kind.manager();
        if (manager == null) {
            return kind.heap().owns(address);
        }
        ManagedHeap heap = manager.heapIfOpen();
        return heap != null && heap.owns(address);
    }
}
