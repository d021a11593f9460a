package io.memkind;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/** One of many arenas that share a scope of the JDK. */
final class DeferredArena implements Arena {
    private final DeferredScopes scopes;
    private final DeferredScopes.DeferredScope scope;
    /* Both guarded by this. */
    private final BlockBump blocks;
    private boolean closed;

    DeferredArena(DeferredScopes scopes, DeferredScopes.DeferredScope scope, MemoryKind kind) {
        this.scopes = scopes;
        this.scope = scope;
        this.blocks = new BlockBump(kind);
    }

    @Override
    public synchronized MemorySegment allocate(long byteSize, long byteAlignment) {
        if (closed) {
            throw new IllegalStateException("Already closed");
        }
        return blocks.allocate(byteSize, byteAlignment, scope.arena);
    }

    /** The shared scope: alive until all its arenas are closed. */
    @Override
    public MemorySegment.Scope scope() {
        return scope.arena.scope();
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("Already closed");
            }
            closed = true;
        }
        scopes.close(scope, blocks);
    }
}
