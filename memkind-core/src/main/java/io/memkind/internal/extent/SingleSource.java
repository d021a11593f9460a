package io.memkind.internal.extent;

/** The same memory for all threads. */
public record SingleSource(ExtentSource source) implements ExtentSources {
    @Override
    public int currentPlace() {
        return 0;
    }

    @Override
    public ExtentSource source(int place) {
        return source;
    }

    @Override
    public void zero(long address, long byteSize) {
        source.zero(address, byteSize);
    }

    @Override
    public void close() {
        source.close();
    }

    @Override
    public void copy(long fromAddress, long toAddress, long byteSize) {
        source.copy(fromAddress, toAddress, byteSize);
    }
}
