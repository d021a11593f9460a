package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

/** A fresh mapping of the real kernel, for one test. */
record MappedMemory(long address, long byteSize) implements AutoCloseable {
    static MappedMemory ofPages(long pages) {
        return of(pages * PageSize.BYTES);
    }

    static MappedMemory of(long byteSize) {
        long address = LinuxMemory.INSTANCE.map(byteSize, 0);
        assertThat(address).as("result of mmap").isPositive();
        return new MappedMemory(address, byteSize);
    }

    long page(long index) {
        return address + index * PageSize.BYTES;
    }

    void touch(long firstPage, long pages) {
        for (long i = firstPage; i < firstPage + pages; i++) {
            RawMemory.putLong(page(i), 0x5a5a5a5aL + i);
        }
    }

    long residentBytes() {
        return LinuxMemory.INSTANCE.residentBytes(address, byteSize);
    }

    @Override
    public void close() {
        assertThat(LinuxMemory.INSTANCE.unmap(address, byteSize))
                .as("result of munmap")
                .isZero();
    }
}
