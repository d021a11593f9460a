package io.memkind.internal.extent;

/** Pools for tests. */
final class Pools {
    private Pools() {}

    /** The only pool of a heap. */
    static ExtentPool alone(ExtentSource source, long limitBytes, boolean hogMemory) {
        return new ExtentPool(source, new PoolShare(limitBytes, hogMemory));
    }
}
