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
        /* Must not refer to this arena, which would then never become unreachable. */
        MemoryKind owner = kind;
        owner.openArenas().open();
        MemorySegment block;
        try {
            block = owner.allocate(byteSize, byteAlignment);
        } catch (RuntimeException | OutOfMemoryError e) {
            owner.openArenas().close();
            throw e;
        }
        long address = block.address();
        try {
            return block.reinterpret(byteSize, scope, segment -> OpenArenas.freeLast(owner, address));
        } catch (RuntimeException | OutOfMemoryError e) {
            OpenArenas.freeLast(owner, address);
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
