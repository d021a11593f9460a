package io.memkind;

/** The kind that a contract is about. */
interface KindSubject {
    /** Sizes of each way to get memory: smallest, 8, slab, largest of a slab, cached large, large, huge. */
    long[] SIZES = {
        1,
        7,
        8,
        9,
        16,
        17,
        100,
        128,
        129,
        1000,
        4096,
        4097,
        32 << 10,
        (32 << 10) + 1,
        100_000,
        2 << 20,
        (2 << 20) + 1,
        9 << 20
    };

    /** Fresh for each test. */
    MemoryKind kind();

    /** Whether free memory goes back before the kind is closed. */
    boolean givesMemoryBack();

    /** Trims, and asserts that the kind holds no block and no memory. */
    void assertNothingLeft();
}
