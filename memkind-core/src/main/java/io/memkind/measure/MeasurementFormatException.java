package io.memkind.measure;

import java.io.Serial;

/** A file is no measurement of this machine. The message says why, for the user. */
final class MeasurementFormatException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    MeasurementFormatException(String reason) {
        super(reason);
    }
}
