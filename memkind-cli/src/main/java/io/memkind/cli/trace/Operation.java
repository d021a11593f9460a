package io.memkind.cli.trace;

/** The operations of a trace, by their number in the file. */
public final class Operation {
    /** Fills an empty slot. */
    public static final int MALLOC = 0;

    /** Empties a slot. */
    public static final int FREE = 1;

    /** Resizes the object of a slot. */
    public static final int REALLOC = 2;

    /** Fills an empty slot with zeroed memory. */
    public static final int CALLOC = 3;

    /** Fills an empty slot with memory of an asked alignment. */
    public static final int ALIGNED = 4;

    private static final String[] NAMES = {"malloc", "free", "realloc", "calloc", "aligned allocation"};

    private Operation() {}

    /**
     * The name of an operation, for messages.
     *
     * @param operation one of the constants above
     * @return its name
     */
    public static String nameOf(int operation) {
        return NAMES[operation];
    }

    /**
     * Whether the operation needs a full slot; the others need an empty one.
     *
     * @param operation one of the constants above
     * @return true for free and realloc
     */
    public static boolean takesLiveObject(int operation) {
        return operation == FREE || operation == REALLOC;
    }
}
