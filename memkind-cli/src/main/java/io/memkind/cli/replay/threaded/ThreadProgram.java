package io.memkind.cli.replay.threaded;

import io.memkind.cli.trace.EventStore;

/** What one thread does in a threaded replay. */
final class ThreadProgram {
    private final EventStore events;
    private final int[] eventNumbers;
    private final RunList runs = new RunList();

    ThreadProgram(int eventCount) {
        events = new EventStore(eventCount);
        eventNumbers = new int[eventCount];
    }

    void add(int eventNumber, long head, long tail) {
        eventNumbers[events.eventCount()] = eventNumber;
        events.add(head, tail);
    }

    EventStore events() {
        return events;
    }

    RunList runs() {
        return runs;
    }

    /** The position after the last event of a run. */
    int endOf(int run) {
        return run + 1 < runs.runCount() ? runs.position(run + 1) : events.eventCount();
    }

    /** The number in the trace of the thread's event at a position. */
    int eventNumber(int position) {
        return eventNumbers[position];
    }
}
