package io.memkind;

import java.util.List;

/**
 * What a kind's heap holds. Taken without stopping anybody: exact when no other thread uses the kind meanwhile, a good
 * estimate otherwise. All sizes in bytes.
 *
 * @param allocatedBytes in live blocks, at their usable size
 * @param activeBytes in slabs and large blocks; at least {@code allocatedBytes}
 * @param dirtyBytes free, with old content, and so perhaps resident; goes back with time or by {@link MemoryKind#trim}
 * @param retainedBytes address space that is free and not resident
 * @param mappedBytes address space obtained from the system: the sum of the three above
 * @param residentBytes really backed by memory now, as mincore(2) says
 * @param largeBlocks number of live blocks that are extents of their own
 * @param sizeClasses the size classes that have slabs, by ascending size
 * @param largeClasses the sizes that large blocks have, ascending
 * @param extents by state
 */
public record KindStatistics(
        long allocatedBytes,
        long activeBytes,
        long dirtyBytes,
        long retainedBytes,
        long mappedBytes,
        long residentBytes,
        long largeBlocks,
        List<SizeClassStatistics> sizeClasses,
        List<LargeClassStatistics> largeClasses,
        List<ExtentStatistics> extents) {
    /** Copies the lists. */
    public KindStatistics {
        sizeClasses = List.copyOf(sizeClasses);
        largeClasses = List.copyOf(largeClasses);
        extents = List.copyOf(extents);
    }
}
