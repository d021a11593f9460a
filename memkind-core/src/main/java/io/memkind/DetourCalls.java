package io.memkind;

import io.memkind.Operation.Type;

/** The calls of kinds while the {@linkplain Detour other way} is taken: past the listeners, to whatever manages the kind. */
final class DetourCalls {
    private DetourCalls() {}

    static long malloc(MemoryKind kind, long byteSize, boolean forSegment) {
        return Listeners.tell(Operation.allocation(Type.MALLOC, kind, forSegment, 1, byteSize, 0));
    }

    static long calloc(MemoryKind kind, long count, long byteSize) {
        return Listeners.tell(Operation.allocation(Type.CALLOC, kind, false, count, byteSize, 0));
    }

    /** For a segment. */
    static long zeroed(MemoryKind kind, long byteSize, long byteAlignment) {
        Requests.checkAlignment(byteAlignment);
        return Listeners.tell(Operation.allocation(Type.CALLOC, kind, true, 1, byteSize, byteAlignment));
    }

    static long memalign(MemoryKind kind, long byteAlignment, long byteSize, boolean forSegment) {
        return Listeners.tell(Operation.allocation(Type.MEMALIGN, kind, forSegment, 1, byteSize, byteAlignment));
    }

    static long realloc(MemoryKind kind, long address, long byteSize) {
        return Listeners.tell(Operation.realloc(kind, address, byteSize));
    }

    static void free(MemoryKind kind, long address, long byteSize, boolean forSegment) {
        Listeners.tell(Operation.free(kind, forSegment, address, byteSize));
    }

    /** A block for an arena. */
    static long mallocForArena(MemoryKind kind, long byteSize) {
        return Detour.isTaken() ? malloc(kind, byteSize, true) : OwnCalls.malloc(kind, byteSize);
    }

    /** An aligned block for an arena. */
    static long memalignForArena(MemoryKind kind, long byteAlignment, long byteSize) {
        return Detour.isTaken()
                ? memalign(kind, byteAlignment, byteSize, true)
                : OwnCalls.memalign(kind, byteAlignment, byteSize);
    }

    /** A block of an arena is no longer needed. */
    static void freeOfArena(MemoryKind kind, long address) {
        if (Detour.isTaken()) {
            free(kind, address, 0, true);
        } else {
            OwnCalls.free(kind, address);
        }
    }
}
