package io.memkind.management;

import java.util.List;

/** What a heap, or all heaps together, held at one moment. Sizes in bytes; see {@link io.memkind.KindStatistics}. */
public interface HeapData {
    /** {@return bytes in live blocks, at their usable size} */
    long getAllocatedBytes();

    /** {@return bytes in slabs and large blocks} */
    long getActiveBytes();

    /** {@return bytes that are free, with old content} */
    long getDirtyBytes();

    /** {@return bytes of address space that are free and not resident} */
    long getRetainedBytes();

    /** {@return bytes of address space obtained from the system} */
    long getMappedBytes();

    /** {@return bytes really backed by memory} */
    long getResidentBytes();

    /** {@return number of live blocks that are extents of their own} */
    long getLargeBlocks();

    /** {@return the size classes that have slabs, by ascending size} */
    List<SizeClassData> getSizeClasses();

    /** {@return the sizes that large blocks have, ascending} */
    List<LargeClassData> getLargeClasses();

    /** {@return the extents by state} */
    List<ExtentData> getExtents();
}
