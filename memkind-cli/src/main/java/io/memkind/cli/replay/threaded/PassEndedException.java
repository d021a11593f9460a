package io.memkind.cli.replay.threaded;

import java.io.Serial;

/** Takes a thread out of a pass that another thread's failure has ended. */
final class PassEndedException extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    PassEndedException() {
        super(null, null, false, false);
    }
}
