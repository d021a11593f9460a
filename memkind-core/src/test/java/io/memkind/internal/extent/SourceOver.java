package io.memkind.internal.extent;

import io.memkind.internal.os.FileStorage;
import io.memkind.internal.os.MemoryPolicy;
import io.memkind.internal.os.VirtualMemory;
import java.nio.file.Path;

/** Lets tests of other packages make a source over a memory of their own. */
public final class SourceOver {
    private SourceOver() {}

    public static ExtentSource basePages(VirtualMemory memory) {
        return anonymous(memory, AnonymousSource.Pages.BASE, 0);
    }

    public static ExtentSource anonymous(VirtualMemory memory, AnonymousSource.Pages pages, long pageByteSize) {
        return new AnonymousSource(memory, pages, pageByteSize, MemoryPolicy.DEFAULT, new long[0]);
    }

    /** Files in a directory. */
    public static ExtentSource files(VirtualMemory memory, FileStorage storage, Path directory, long limitBytes) {
        return new FileSource(memory, storage, directory.toString(), limitBytes);
    }

    /** Memory that is bound to node 0. */
    public static ExtentSource boundToNode0(VirtualMemory memory) {
        return new AnonymousSource(memory, AnonymousSource.Pages.BASE, 0, MemoryPolicy.BIND, new long[] {1});
    }
}
