package io.memkind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** An arena over a kind whose scope is that of a shared arena of the JDK, which itself allocates nothing. */
final class SharedArena implements Arena {
    private final Arena scope = Arena.ofShared();
    /* Guarded by this. */
    private final BlockBump blocks;

    SharedArena(MemoryKind kind) {
        blocks = new BlockBump(kind);
    }

    @Override
    public synchronized MemorySegment allocate(long byteSize, long byteAlignment) {
        return blocks.allocate(byteSize, byteAlignment, scope);
    }

    @Override
    public MemorySegment.Scope scope() {
        return scope.scope();
    }

    @Override
    public synchronized void close() {
        scope.close();
        blocks.free();
    }
}
