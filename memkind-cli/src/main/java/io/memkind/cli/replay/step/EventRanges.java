package io.memkind.cli.replay.step;

import io.memkind.cli.trace.EventStore;

/** Runs a range of events that may span slices. */
public final class EventRanges {
    /*
     * Events handed to a runner at once. HotSpot compiles a loop that never returns as an on-stack replacement only,
     * which is slower; it compiles the method itself once it was called some hundred times, so calls must be many.
     */
    private static final int CALL_EVENT_COUNT = 1024;

    private EventRanges() {}

    /**
     * Runs events.
     *
     * @param events the sequence
     * @param from the position of the first event
     * @param to the position after the last one
     * @param runner what runs them
     */
    public static void run(EventStore events, int from, int to, EventRunner runner) {
        int next = from;
        while (next < to) {
            int offset = next % EventStore.SLICE_EVENT_COUNT;
            int count = Math.min(to - next, Math.min(CALL_EVENT_COUNT, EventStore.SLICE_EVENT_COUNT - offset));
            runner.run(events.slice(next), offset, offset + count, next - offset);
            next += count;
        }
    }
}
