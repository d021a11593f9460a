package io.memkind;

/**
 * A kind has no memory for a request. The message names the kind, the bytes asked for, the bytes in use, the limit and
 * the error of the system call, as far as each applies. Nothing has changed: every live block is as it was.
 */
public final class KindExhaustedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Bytes asked for. */
    private final long requestedBytes;

    KindExhaustedException(String message, long requestedBytes) {
        super(message);
        this.requestedBytes = requestedBytes;
    }

    /** {@return the number of bytes that were asked for} */
    public long requestedBytes() {
        return requestedBytes;
    }
}
