package io.memkind;

/** The machine has no memory of the sort asked for. The message tells why, and what helps. */
public final class KindUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Availability availability;

    /** The code of the C library. */
    private final ErrorCode errorCode;

    KindUnavailableException(String message, Availability availability) {
        super(message);
        this.availability = availability;
        this.errorCode = availability.errorCode();
    }

    /** {@return the reason and the remedy} */
    public Availability availability() {
        return availability;
    }

    /** {@return the error code of the C library that {@code memkind_create_kind} and others return} */
    public ErrorCode errorCode() {
        return errorCode;
    }
}
