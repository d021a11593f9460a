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

    /** One more kind over the same sort of memory, with a limit. */
    default MemoryKind another(long limitBytes) {
        return MemoryKind.builder(kind()).limitBytes(limitBytes).build();
    }

    /** What the kind can align to. */
    default long largestAlignment() {
        return 1 << 30;
    }

    /** Whether free memory goes back before the kind is closed. */
    boolean givesMemoryBack();

    /** Trims, and asserts that the kind holds no block and no memory. */
    void assertNothingLeft();
}
