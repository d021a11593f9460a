package io.memkind.cli.replay.step;

import java.io.Serial;

/** The heap broke a promise. */
final class VerificationException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    VerificationException(String message) {
        super(message);
    }
}
