package io.memkind.internal.extent;

/**
 * The state of a pool, or of all pools of a heap, at one instant.
 *
 * @param mappedBytes address space obtained from the source
 * @param activeBytes in use by slabs and large blocks
 * @param dirtyBytes free, maybe resident
 * @param dirtyExtents number of dirty extents
 * @param cleanBytes free, zero and not resident
 * @param cleanExtents number of clean extents
 */
public record ExtentCounts(
        long mappedBytes, long activeBytes, long dirtyBytes, long dirtyExtents, long cleanBytes, long cleanExtents) {
    /** Nothing. */
    public static final ExtentCounts NONE = new ExtentCounts(0, 0, 0, 0, 0, 0);

    /** The sum of both. */
    public ExtentCounts plus(ExtentCounts other) {
        return new ExtentCounts(
                mappedBytes + other.mappedBytes,
                activeBytes + other.activeBytes,
                dirtyBytes + other.dirtyBytes,
                dirtyExtents + other.dirtyExtents,
                cleanBytes + other.cleanBytes,
                cleanExtents + other.cleanExtents);
    }
}
