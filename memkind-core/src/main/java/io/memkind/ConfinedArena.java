package io.memkind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An arena over a kind whose scope is that of a confined arena of the JDK, which itself allocates nothing. */
final class ConfinedArena implements Arena {
    private final Arena scope = Arena.ofConfined();
    private final BlockBump blocks;

    ConfinedArena(MemoryKind kind) {
        blocks = new BlockBump(kind);
    }

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        return blocks.allocate(byteSize, byteAlignment, scope);
    }

    @Override
    public MemorySegment.Scope scope() {
        return scope.scope();
    }

    @Override
    public void close() {
        scope.close();
        blocks.free();
    }
}
