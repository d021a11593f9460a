package io.memkind;

import io.memkind.internal.extent.ExtentSource;
import io.memkind.topology.Topology;
import java.util.OptionalLong;

/** What memory a kind is made of. */
interface KindMemory {
    /**
     * Begins to give memory for one heap.
     *
     * @param limitBytes what the heap may hold
     */
    ExtentSource source(long limitBytes);

    /** Whether this machine has such memory now. */
    Availability availability(Topology topology);

    /** All there is of it, in use or not. */
    OptionalLong capacityBytes(Topology topology);

    /** Size of the huge pages, or {@link KindDescription#BASE_PAGE}. */
    long hugePageByteSize();
}
