package io.memkind;

import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.heap.AddressRefusedException;

/** The calls of kinds, straight to the library's own heap. */
final class OwnCalls {
    private OwnCalls() {}

    static long malloc(MemoryKind kind, long byteSize) {
        long size = byteSize > 0 ? byteSize : Requests.sizeOf(byteSize);
        kind.requireMemory();
        try {
            return kind.heap().allocate(size);
        } catch (ExtentUnavailableException e) {
            throw KindErrors.exhausted(kind, size, e);
        }
    }

    static long calloc(MemoryKind kind, long count, long byteSize) {
        long size = Requests.productOf(count, byteSize);
        kind.requireMemory();
        try {
            return kind.heap().allocateZeroed(size);
        } catch (ExtentUnavailableException e) {
            throw KindErrors.exhausted(kind, size, e);
        }
    }

    static long realloc(MemoryKind kind, long address, long byteSize) {
        if (address == 0) {
            return malloc(kind, byteSize);
        }
        long size = Requests.sizeOf(byteSize);
        kind.requireMemory();
        try {
            return kind.heap().reallocate(address, size);
        } catch (ExtentUnavailableException e) {
            throw KindErrors.exhausted(kind, size, e);
        } catch (AddressRefusedException e) {
            throw KindErrors.refused(kind, address, e);
        }
    }

    static long memalign(MemoryKind kind, long byteAlignment, long byteSize) {
        Requests.checkAlignment(byteAlignment);
        long size = Requests.sizeOf(byteSize);
        kind.requireMemory();
        try {
            return kind.heap().allocateAligned(size, byteAlignment);
        } catch (ExtentUnavailableException e) {
            throw KindErrors.exhausted(kind, size, e);
        }
    }

    static long zeroed(MemoryKind kind, long byteSize, long byteAlignment) {
        Requests.checkAlignment(byteAlignment);
        long size = Requests.sizeOf(byteSize);
        kind.requireMemory();
        try {
            return kind.heap().allocateAlignedZeroed(size, byteAlignment);
        } catch (ExtentUnavailableException e) {
            throw KindErrors.exhausted(kind, size, e);
        }
    }

    static void free(MemoryKind kind, long address) {
        if (address != 0) {
            kind.requireMemory();
            try {
                kind.heap().free(address);
            } catch (AddressRefusedException e) {
                throw KindErrors.refused(kind, address, e);
            }
        }
    }

    static long usableSize(MemoryKind kind, long address) {
        kind.requireMemory();
        try {
            return kind.heap().usableBytes(address);
        } catch (AddressRefusedException e) {
            throw KindErrors.refused(kind, address, e);
        }
    }
}
