package io.memkind.cli.replay.step;

import io.memkind.MemoryKind;

/** A kind of memory as a {@link BlockAllocator}. */
public final class KindAllocator implements BlockAllocator {
    private final MemoryKind kind;

    /**
     * Wraps a kind.
     *
     * @param kind the kind
     */
    public KindAllocator(MemoryKind kind) {
        this.kind = kind;
    }

    @Override
    public long malloc(long byteSize) {
        return kind.malloc(byteSize);
    }

    @Override
    public long calloc(long byteSize) {
        return kind.calloc(1, byteSize);
    }

    @Override
    public long realloc(long address, long byteSize) {
        return kind.realloc(address, byteSize);
    }

    @Override
    public long memalign(long byteAlignment, long byteSize) {
        return kind.memalign(byteAlignment, byteSize);
    }

    @Override
    public void free(long address) {
        kind.free(address);
    }
}
