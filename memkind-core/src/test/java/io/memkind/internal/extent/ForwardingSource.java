package io.memkind.internal.extent;

import io.memkind.internal.os.MemoryPolicy;

/** Base pages of a memory that can fail; a test overrides what it wants to see or hold up. */
class ForwardingSource implements ExtentSource {
    private final ExtentSource source;

    ForwardingSource(FaultyMemory memory) {
        source = new AnonymousSource(memory, AnonymousSource.Pages.BASE, 0, MemoryPolicy.DEFAULT, new long[0]);
    }

    @Override
    public long map(long byteSize, long byteAlignment) {
        return source.map(byteSize, byteAlignment);
    }

    @Override
    public boolean unmap(long address, long byteSize) {
        return source.unmap(address, byteSize);
    }

    @Override
    public Purged purge(long address, long byteSize) {
        return source.purge(address, byteSize);
    }

    @Override
    public long residentBytes(long address, long byteSize) {
        return source.residentBytes(address, byteSize);
    }

    @Override
    public long granularityByteSize() {
        return source.granularityByteSize();
    }

    @Override
    public long regionByteSize(long neededBytes, long aheadBytes) {
        return source.regionByteSize(neededBytes, aheadBytes);
    }
}
