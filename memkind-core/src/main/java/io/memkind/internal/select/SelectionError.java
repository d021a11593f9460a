package io.memkind.internal.select;

/** Why there is no selection: the error codes of the C library, without their prefix. */
public enum SelectionError {
    /** The machine has nothing of the sort, or does not tell. */
    UNAVAILABLE(-1),
    /** An override names nodes that do not exist or cannot be used. */
    ENVIRON(-12),
    /** The attributes asked for do not go together. */
    INVALID(-13),
    /** No huge pages. */
    HUGETLB(-18),
    /** The machine has no such memory, or not exactly one node of it. */
    MEMTYPE_NOT_AVAILABLE(-20),
    /** Several nodes are equally close where one is needed. */
    RUNTIME(-255);

    private final int code;

    SelectionError(int code) {
        this.code = code;
    }

    /** {@return the number that the C library returns} */
    public int code() {
        return code;
    }
}
