package io.memkind.internal.probe;

import java.io.Serial;

/** A pair of nodes cannot be measured. The message is the reason. */
public final class UnmeasuredException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    public UnmeasuredException(String reason) {
        super(reason);
    }

    public String reason() {
        return String.valueOf(getMessage());
    }
}
