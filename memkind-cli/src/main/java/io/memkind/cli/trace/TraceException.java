package io.memkind.cli.trace;

import java.io.IOException;
import java.io.Serial;

/** A file that is no readable, valid trace. The message is one line that says why, without the file's name. */
public final class TraceException extends IOException {
    @Serial
    private static final long serialVersionUID = 1L;

    TraceException(String message) {
        super(message);
    }

    TraceException(String message, Throwable cause) {
        super(message, cause);
    }
}
