package io.memkind.cli.replay.threaded;

import java.util.Arrays;

/**
 * The runs of one thread: stretches of its events that it may do without looking at the other threads.
 *
 * <p>Before a run it may have to wait for an object to be handed over, after it to hand one over.
 */
final class RunList {
    static final int NONE = -1;

    private static final int MAX_FIELD_COUNT = ThreadedProgram.MAX_EVENT_COUNT * Field.COUNT;

    private int[] fields = new int[16 * Field.COUNT];
    private int runCount;

    /** Where a run's fields are. */
    private static final class Field {
        static final int POSITION = 0;
        static final int SEGMENT = 1;
        static final int AWAITED_OBJECT = 2;
        static final int AWAITED_HANDOVERS = 3;
        static final int SIGNALLED_OBJECT = 4;
        static final int SIGNALLED_THREAD = 5;
        static final int COUNT = 6;

        private Field() {}
    }

    /** Starts a run at a position of the thread's events; the previous one ends there. */
    void add(int position, int segment, int awaitedObject, int awaitedHandovers) {
        int base = runCount++ * Field.COUNT;
        if (base == fields.length) {
            fields = Arrays.copyOf(fields, (int) Math.min(2L * base, MAX_FIELD_COUNT));
        }
        fields[base + Field.POSITION] = position;
        fields[base + Field.SEGMENT] = segment;
        fields[base + Field.AWAITED_OBJECT] = awaitedObject;
        fields[base + Field.AWAITED_HANDOVERS] = awaitedHandovers;
        fields[base + Field.SIGNALLED_OBJECT] = NONE;
    }

    /** Has a run end with handing an object over to a thread. */
    void signalAfter(int run, int object, int thread) {
        fields[run * Field.COUNT + Field.SIGNALLED_OBJECT] = object;
        fields[run * Field.COUNT + Field.SIGNALLED_THREAD] = thread;
    }

    void trim() {
        fields = Arrays.copyOf(fields, runCount * Field.COUNT);
    }

    int runCount() {
        return runCount;
    }

    int position(int run) {
        return fields[run * Field.COUNT + Field.POSITION];
    }

    int segment(int run) {
        return fields[run * Field.COUNT + Field.SEGMENT];
    }

    /** The object to wait for, or {@link #NONE}. */
    int awaitedObject(int run) {
        return fields[run * Field.COUNT + Field.AWAITED_OBJECT];
    }

    /** How often the awaited object must have been handed over. */
    int awaitedHandovers(int run) {
        return fields[run * Field.COUNT + Field.AWAITED_HANDOVERS];
    }

    /** The object to hand over, or {@link #NONE}. */
    int signalledObject(int run) {
        return fields[run * Field.COUNT + Field.SIGNALLED_OBJECT];
    }

    int signalledThread(int run) {
        return fields[run * Field.COUNT + Field.SIGNALLED_THREAD];
    }
}
