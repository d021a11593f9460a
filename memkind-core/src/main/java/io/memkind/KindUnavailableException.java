package io.memkind;

/** The machine has no memory of the sort asked for. The message tells why, and what helps. */
public final class KindUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Availability availability;

    KindUnavailableException(String message, Availability availability) {
        super(message);
        this.availability = availability;
    }

    /** {@return the reason and the remedy} */
    public Availability availability() {
        return availability;
    }
}
