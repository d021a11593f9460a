/** The allocator of oneTBB as a heap manager for kinds of memory, by the name {@code TBB}. */
module io.memkind.tbb {
    requires io.memkind;
    requires static org.jspecify;

    provides io.memkind.spi.HeapManager with
            io.memkind.tbb.TbbHeapManager;
}
