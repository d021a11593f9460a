package io.memkind.cli.replay.step;

import java.io.Serial;

/** An event that failed. */
public final class EventFailure extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    /** The failed event's position in the sequence that was being run. */
    private final int position;

    EventFailure(int position, RuntimeException cause) {
        super(ReplayException.reasonOf(cause), cause);
        this.position = position;
    }

    /**
     * The exception to show for this failure.
     *
     * @param eventNumber the number in the trace of the event at the position
     * @return the exception
     */
    public ReplayException atEvent(long eventNumber) {
        return new ReplayException("event " + eventNumber + ": " + getMessage(), this);
    }

    /**
     * Where it failed.
     *
     * @return the event's position in the sequence that was being run
     */
    public int position() {
        return position;
    }
}
