package io.memkind;

import io.memkind.internal.extent.ExtentSources;
import io.memkind.internal.heap.Heap;
import io.memkind.topology.Topology;
import java.util.Map;

/** What memory a kind is made of. */
interface KindMemory {
    /** Size of huge pages where a kind has none. */
    long BASE_PAGE = 0;

    /**
     * Begins to give memory for one heap.
     *
     * @param limitBytes what the heap may hold
     */
    ExtentSources sources(long limitBytes);

    /** What such memory is on this machine. */
    KindReport report(String kindName);

    /** What such memory would be on another machine, or in another environment. */
    KindReport report(String kindName, Topology topology, Map<String, String> environment);

    /** The memory of kinds that are built over one of this memory. */
    default KindMemory forBuiltKinds() {
        return this;
    }

    /** Size of the huge pages, or {@link #BASE_PAGE}. */
    long hugePageByteSize();

    /** Size of the pages, huge or not. */
    default long pageByteSize() {
        return hugePageByteSize() == BASE_PAGE ? Heap.pageByteSize() : hugePageByteSize();
    }
}
