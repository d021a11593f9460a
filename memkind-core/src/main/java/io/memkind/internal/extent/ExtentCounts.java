package io.memkind.internal.extent;

/**
 * The state of a pool at one instant.
 *
 * @param mappedBytes address space obtained from the source
 * @param activeBytes in use by slabs and large blocks
 * @param dirtyBytes free, maybe resident
 * @param dirtyExtents number of dirty extents
 * @param cleanBytes free, zero and not resident
 * @param cleanExtents number of clean extents
 */
public record ExtentCounts(
        long mappedBytes, long activeBytes, long dirtyBytes, long dirtyExtents, long cleanBytes, long cleanExtents) {}
