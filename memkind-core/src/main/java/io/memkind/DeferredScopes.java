package io.memkind;

import java.lang.foreign.Arena;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * The scopes that the deferred arenas of a kind share, and their quarantine. See {@link MemoryKind#deferredArena}.
 *
 * <p>A scope is filled (arenas may join it), then sealed; when it is sealed and its last arena closes, it is retired: the
 * JDK scope is closed, and the blocks of its arenas are freed.
 */
final class DeferredScopes {
    private static final int MAX_ARENAS = 256;
    private static final long MAX_SCOPE_BYTES = 1L << 20;
    private static final long MAX_QUARANTINE_BYTES = 64L << 20;

    private final MemoryKind kind;
    /* All guarded by this. */
    private DeferredScope filling = new DeferredScope();
    private long quarantineBytes;
    private final List<DeferredScope> inUse = new ArrayList<>();

    DeferredScopes(MemoryKind kind) {
        this.kind = kind;
    }

    /** One JDK scope and the arenas in it. Guarded by the DeferredScopes. */
    static final class DeferredScope {
        final Arena arena = Arena.ofShared();
        private final ArrayDeque<BlockBump> quarantine = new ArrayDeque<>();
        private int joined;
        private int open;
        private long quarantineBytes;
    }

    Arena open() {
        synchronized (this) {
            if (quarantineBytes <= MAX_QUARANTINE_BYTES) {
                if (filling.joined == MAX_ARENAS) {
                    filling = new DeferredScope();
                }
                filling.joined++;
                filling.open++;
                return new DeferredArena(this, filling, kind);
            }
        }
        return new SharedArena(kind);
    }

    /** An arena of the scope is closed; nobody allocates from its blocks any more. */
    void close(DeferredScope scope, BlockBump blocks) {
        synchronized (this) {
            scope.open--;
            scope.quarantine.add(blocks);
            scope.quarantineBytes += blocks.byteSize();
            quarantineBytes += blocks.byteSize();
            boolean sealed = scope != filling || scope.joined == MAX_ARENAS || scope.quarantineBytes >= MAX_SCOPE_BYTES;
            if (!sealed || scope.open > 0) {
                return;
            }
            if (scope == filling) {
                filling = new DeferredScope();
            }
            quarantineBytes -= scope.quarantineBytes;
        }
        retireInUse();
        retire(scope);
    }

    /** Retires the scope that is being filled, if all its arenas are closed. */
    void retireClosed() {
        retireInUse();
        DeferredScope scope;
        synchronized (this) {
            scope = filling;
            if (scope.open > 0 || scope.joined == 0) {
                return;
            }
            filling = new DeferredScope();
            quarantineBytes -= scope.quarantineBytes;
        }
        retire(scope);
    }

    /* By the one thread that found the scope sealed and without open arenas. Outside the lock: it takes microseconds. */
    private void retire(DeferredScope scope) {
        try {
            scope.arena.close();
        } catch (IllegalStateException e) {
            /* A segment is in a system call of another thread. Its arena is closed all the same; the scope has to wait. */
            synchronized (this) {
                inUse.add(scope);
                quarantineBytes += scope.quarantineBytes;
            }
            return;
        }
        scope.quarantine.forEach(BlockBump::free);
    }

    private void retireInUse() {
        List<DeferredScope> scopes;
        synchronized (this) {
            if (inUse.isEmpty()) {
                return;
            }
            scopes = List.copyOf(inUse);
            inUse.clear();
            scopes.forEach(scope -> quarantineBytes -= scope.quarantineBytes);
        }
        scopes.forEach(this::retire);
    }
}
