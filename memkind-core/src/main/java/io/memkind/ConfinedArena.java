package io.memkind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An arena over a kind whose scope is that of a confined arena of the JDK, which itself allocates nothing. Takes its first
 * block at once: that keeps the method that allocates small enough to be inlined, and then the arena's objects are never made.
 */
final class ConfinedArena extends BlockBump implements Arena {
    private final Arena scope = Arena.ofConfined();

    ConfinedArena(MemoryKind kind) {
        super(kind);
        try {
            openBlock();
        } catch (KindExhaustedException | IllegalStateException e) {
            /* The first request will say so again. */
            return;
        }
    }

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        return allocate(byteSize, byteAlignment, scope);
    }

    @Override
    public MemorySegment.Scope scope() {
        return scope.scope();
    }

    @Override
    public void close() {
        scope.close();
        free();
    }
}
