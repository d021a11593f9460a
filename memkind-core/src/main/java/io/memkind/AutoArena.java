package io.memkind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An arena over a kind whose blocks are freed when the scope of an automatic arena of the JDK ends. */
final class AutoArena implements Arena {
    private final Arena scope = Arena.ofAuto();
    private final MemoryKind kind;

    AutoArena(MemoryKind kind) {
        this.kind = kind;
    }

    @Override
    @SuppressWarnings("restricted")
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        MemorySegment block = kind.allocate(byteSize, byteAlignment);
        long address = block.address();
        /* Must not refer to this arena, which would then never become unreachable. */
        MemoryKind owner = kind;
        try {
            return block.reinterpret(byteSize, scope, segment -> owner.free(address));
        } catch (RuntimeException | OutOfMemoryError e) {
            kind.free(address);
            throw e;
        }
    }

    @Override
    public MemorySegment.Scope scope() {
        return scope.scope();
    }

    /** Fails, as {@link Arena#ofAuto} says. */
    @Override
    public void close() {
        scope.close();
    }
}
