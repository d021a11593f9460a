package io.memkind.cli.replay.step;

import java.io.Serial;

/** A replay that cannot be done, or found the heap at fault. The message is one line, without the trace's name. */
public final class ReplayException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * A replay that cannot be done.
     *
     * @param message why
     */
    public ReplayException(String message) {
        super(message);
    }

    /**
     * A replay that failed.
     *
     * @param message why
     * @param cause the failure behind it
     */
    public ReplayException(String message, Throwable cause) {
        super(message, cause);
    }

    static ReplayException afterLastEvent(RuntimeException cause) {
        return new ReplayException("after the last event: " + reasonOf(cause), cause);
    }

    static String reasonOf(RuntimeException cause) {
        String message = cause.getMessage();
        return message == null ? cause.getClass().getSimpleName() : message;
    }
}
