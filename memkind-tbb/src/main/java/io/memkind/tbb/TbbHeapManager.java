package io.memkind.tbb;

import io.memkind.spi.BlockHeap;
import io.memkind.spi.ExtentSupply;
import io.memkind.spi.HeapManager;
import io.memkind.tbb.os.TbbLibrary;
import java.util.Optional;

/** The allocator of oneTBB: a memory pool of libtbbmalloc for each kind. */
public final class TbbHeapManager implements HeapManager {
    @Override
    public String name() {
        return "TBB";
    }

    @Override
    public Optional<String> refusal() {
        return TbbLibrary.refusal();
    }

    /* A pool has a cache for each thread of the system, and frees it when the thread ends. */
    @Override
    public boolean bindsToThreads() {
        return true;
    }

    @Override
    public BlockHeap open(ExtentSupply supply) {
        return new TbbHeap(supply);
    }
}
