package io.memkind.internal.extent;

import io.memkind.internal.os.MemoryPolicy;
import io.memkind.internal.os.VirtualMemory;

/** Lets tests of other packages make a source of base pages over a memory of their own. */
public final class SourceOver {
    private SourceOver() {}

    public static ExtentSource basePages(VirtualMemory memory) {
        return new AnonymousSource(memory, AnonymousSource.Pages.BASE, 0, MemoryPolicy.DEFAULT, new long[0]);
    }
}
