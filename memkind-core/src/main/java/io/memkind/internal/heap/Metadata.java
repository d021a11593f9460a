package io.memkind.internal.heap;

import io.memkind.internal.os.Errno;
import io.memkind.internal.os.LinuxMemory;
import io.memkind.internal.os.MapFlags;

/** Memory for the engine's own records, off the Java heap. */
final class Metadata {
    private Metadata() {}

    static long map(long byteSize) {
        long address = LinuxMemory.INSTANCE.map(byteSize, MapFlags.NORESERVE);
        if (address <= 0) {
            throw new OutOfMemoryError(
                    "memkind cannot map " + byteSize + " bytes for its own records: " + Errno.describe((int) -address));
        }
        return address;
    }

    static void unmap(long address, long byteSize) {
        LinuxMemory.INSTANCE.unmap(address, byteSize);
    }
}
