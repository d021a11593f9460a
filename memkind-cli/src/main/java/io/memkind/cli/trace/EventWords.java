package io.memkind.cli.trace;

/**
 * The two words of a decoded event.
 *
 * <pre>
 *        63..62   61..50   49..47      46..0
 * head     0      thread   operation   byte size (0 for free)
 *
 *        63..29                                        28..0
 * tail   aligned: log2 of the alignment                slot, or object number in a threaded program
 *        realloc: pages the old size reaches into - 1
 *        else:    0
 * </pre>
 *
 * <p>A page here is the stride of touching, 4096 bytes, whatever the pages of the machine are.
 */
public final class EventWords {
    /** Bytes from one touched byte to the next. */
    public static final long TOUCH_STRIDE_BYTES = 4096;

    static final int BYTE_SIZE_BITS = 47;
    static final int ID_BITS = 29;

    private static final int THREAD_SHIFT = 50;
    private static final int STRIDE_SHIFT = 12;
    private static final long BYTE_SIZE_MASK = (1L << BYTE_SIZE_BITS) - 1;
    private static final int ID_MASK = (1 << ID_BITS) - 1;

    private EventWords() {}

    static long head(int operation, int thread, long byteSize) {
        return ((long) thread << THREAD_SHIFT) | ((long) operation << BYTE_SIZE_BITS) | byteSize;
    }

    static long tail(int slot, long auxiliary) {
        return (auxiliary << ID_BITS) | slot;
    }

    static long oldSizeAuxiliary(long oldByteSize) {
        return (oldByteSize - 1) >>> STRIDE_SHIFT;
    }

    /**
     * The same tail with another slot or object number.
     *
     * @param tail the second word
     * @param id the new number
     * @return the changed word
     */
    public static long withId(long tail, int id) {
        return (tail & ~(long) ID_MASK) | id;
    }

    /**
     * The operation.
     *
     * @param head the first word
     * @return one of the constants of {@link Operation}
     */
    public static int operation(long head) {
        return (int) (head >>> BYTE_SIZE_BITS) & 7;
    }

    /**
     * The thread.
     *
     * @param head the first word
     * @return its index
     */
    public static int thread(long head) {
        return (int) (head >>> THREAD_SHIFT);
    }

    /**
     * The asked size.
     *
     * @param head the first word
     * @return bytes, 0 for free
     */
    public static long byteSize(long head) {
        return head & BYTE_SIZE_MASK;
    }

    /**
     * The slot, or in a threaded program the object number.
     *
     * @param tail the second word
     * @return the number
     */
    public static int id(long tail) {
        return (int) tail & ID_MASK;
    }

    /**
     * The asked alignment of an aligned allocation.
     *
     * @param tail the second word
     * @return bytes, a power of two
     */
    public static long byteAlignment(long tail) {
        return 1L << (tail >>> ID_BITS);
    }

    /**
     * Where the touching of new memory starts after a realloc: the old size, rounded up to the stride.
     *
     * @param tail the second word
     * @return the offset in bytes
     */
    public static long untouchedByteOffset(long tail) {
        return ((tail >>> ID_BITS) + 1) << STRIDE_SHIFT;
    }
}
