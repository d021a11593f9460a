package io.memkind.internal.heap;

/** An address given to a heap is not the start of one of its live blocks. The message says what is there. */
public final class AddressRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public AddressRefusedException(String whatIsThere) {
        super(whatIsThere, null, false, false);
    }
}
