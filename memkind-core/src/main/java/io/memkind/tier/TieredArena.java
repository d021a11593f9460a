package io.memkind.tier;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;

/**
 * An arena over a tiered memory whose scope is that of an arena of the JDK. Every segment is a block of its own, so that the
 * policy picks its tier; the scope frees them when it ends.
 */
final class TieredArena implements Arena {
    private final TieredMemory memory;
    private final Arena scope;

    private TieredArena(TieredMemory memory, Arena scope) {
        this.memory = memory;
        this.scope = scope;
    }

    @SuppressWarnings("MustBeClosedChecker") // by the caller of close
    static TieredArena confined(TieredMemory memory) {
        return new TieredArena(memory, Arena.ofConfined());
    }

    @SuppressWarnings("MustBeClosedChecker") // by the caller of close
    static TieredArena shared(TieredMemory memory) {
        return new TieredArena(memory, Arena.ofShared());
    }

    static TieredArena auto(TieredMemory memory) {
        return new TieredArena(memory, Arena.ofAuto());
    }

    @Override
    @SuppressWarnings("restricted")
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        /* Throws if the scope is closed or another thread's, before anything is allocated and counted. */
        MemorySegment.NULL.reinterpret(0, scope, null);
        MemorySegment block = memory.allocate(byteSize, byteAlignment);
        long address = block.address();
        /* Must not refer to this arena: an automatic one would then never become unreachable. */
        TieredMemory owner = memory;
        try {
            return block.reinterpret(byteSize, scope, segment -> owner.free(address));
        } catch (RuntimeException | OutOfMemoryError e) {
            memory.free(address);
            throw e;
        }
    }

    @Override
    public MemorySegment.Scope scope() {
        return scope.scope();
    }

    @Override
    public void close() {
        scope.close();
    }
}
