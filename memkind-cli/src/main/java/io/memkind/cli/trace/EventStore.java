package io.memkind.cli.trace;

import java.util.Arrays;

/** Decoded events, two words each (see {@link EventWords}), in slices, so that growing never copies them. */
public final class EventStore {
    /** Events in a slice. */
    public static final int SLICE_EVENT_COUNT = 1 << 13;

    private static final int SLICE_SHIFT = 13;
    private static final int SLICE_MASK = SLICE_EVENT_COUNT - 1;

    private long[][] slices;
    private int eventCount;

    /** An empty store that grows. */
    public EventStore() {
        slices = new long[16][];
    }

    /**
     * A store for a known number of events, which takes no more memory than they need.
     *
     * @param capacity the number of events that will be added
     */
    public EventStore(int capacity) {
        slices = new long[(capacity + SLICE_MASK) >>> SLICE_SHIFT][];
        for (int slice = 0; slice < slices.length; slice++) {
            slices[slice] = new long[2 * Math.min(SLICE_EVENT_COUNT, capacity - (slice << SLICE_SHIFT))];
        }
    }

    /**
     * Adds an event at the end.
     *
     * @param head its first word
     * @param tail its second word
     */
    public void add(long head, long tail) {
        int slice = eventCount >>> SLICE_SHIFT;
        int word = 2 * (eventCount & SLICE_MASK);
        if (word == 0) {
            provideSlice(slice);
        }
        long[] words = slices[slice];
        words[word] = head;
        words[word + 1] = tail;
        eventCount++;
    }

    private void provideSlice(int slice) {
        if (slice == slices.length) {
            slices = Arrays.copyOf(slices, 2 * slice);
        }
        if (slices[slice] == null) {
            slices[slice] = new long[2 * SLICE_EVENT_COUNT];
        }
    }

    /**
     * The number of events.
     *
     * @return how many were added
     */
    public int eventCount() {
        return eventCount;
    }

    /**
     * The words of the slice that holds an event: event i's are at 2 × (i mod {@link #SLICE_EVENT_COUNT}) and after it.
     *
     * @param event the event's index
     * @return the words themselves, not a copy
     */
    public long[] slice(int event) {
        return slices[event >>> SLICE_SHIFT];
    }

    /**
     * The first word of an event.
     *
     * @param event the event's index
     * @return the word
     */
    public long head(int event) {
        return slice(event)[2 * (event & SLICE_MASK)];
    }

    /**
     * The second word of an event.
     *
     * @param event the event's index
     * @return the word
     */
    public long tail(int event) {
        return slice(event)[2 * (event & SLICE_MASK) + 1];
    }
}
