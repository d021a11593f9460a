package io.memkind.records;

import io.memkind.RecordAllocator;
import java.lang.foreign.MemorySegment;

/** A growing array of records of one layout, all off the Java heap. Shares its kind with whoever gave the allocator. */
final class OffHeapList implements AutoCloseable {
    private final RecordAllocator allocator;
    private final long recordBytes;
    private MemorySegment records;
    private long size;

    OffHeapList(RecordAllocator allocator) {
        this.allocator = allocator.forLayout(allocator.layout());
        this.recordBytes = allocator.layout().byteSize();
        this.records = this.allocator.allocate(4);
    }

    long size() {
        return size;
    }

    MemorySegment get(long index) {
        if (index < 0 || index >= size) {
            throw new IndexOutOfBoundsException("index " + index + ", size " + size);
        }
        return records.asSlice(index * recordBytes, recordBytes);
    }

    /** A new zeroed record at the end. */
    MemorySegment add() {
        if ((size + 1) * recordBytes > records.byteSize()) {
            MemorySegment larger = allocator.allocate(2 * (size + 1));
            larger.copyFrom(records);
            allocator.free(records);
            records = larger;
        }
        size++;
        return get(size - 1);
    }

    @Override
    public void close() {
        allocator.free(records);
        allocator.close();
    }
}
