package io.memkind.cli.stats;

import java.io.Serial;
import java.nio.file.Path;

/** A process that cannot be looked into. The message says why, for the user. */
public final class ProcessException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** Whether the process has ended. */
    private final boolean processEnded;

    private ProcessException(String message, boolean processEnded, Throwable cause) {
        super(message, cause);
        this.processEnded = processEnded;
    }

    ProcessException(String message) {
        super(message);
        processEnded = false;
    }

    /** What failed because the process is no longer there, or for the reason that {@code message} has. */
    static ProcessException of(long pid, String message, Exception cause) {
        boolean ended = ProcessLife.endsSoon(Path.of("/proc"), pid);
        return new ProcessException(ended ? "process " + pid + " has ended" : message, ended, cause);
    }

    /**
     * Whether the process has ended.
     *
     * @return true if so
     */
    public boolean processEnded() {
        return processEnded;
    }
}
