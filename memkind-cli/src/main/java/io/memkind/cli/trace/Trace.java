package io.memkind.cli.trace;

/** A trace that was read and found valid. */
public final class Trace {
    private final int threadCount;
    private final EventStore events;
    private final SlotTable slots;
    private final int[] liveSlots;

    Trace(int threadCount, EventStore events, SlotTable slots) {
        this.threadCount = threadCount;
        this.events = events;
        this.slots = slots;
        this.liveSlots = slots.liveSlots();
    }

    /**
     * The number of threads of the recorded program.
     *
     * @return at most 4096
     */
    public int threadCount() {
        return threadCount;
    }

    /**
     * The greatest number of objects live at once.
     *
     * @return slots are 0 to this, exclusively
     */
    public int slotCount() {
        return slots.usedSlotCount();
    }

    /**
     * All events in their order.
     *
     * @return the events
     */
    public EventStore events() {
        return events;
    }

    /**
     * The slots that are full after the last event.
     *
     * @return a new array, ascending
     */
    public int[] liveSlots() {
        return liveSlots.clone();
    }

    /**
     * The greatest sum of the sizes of live objects.
     *
     * @return bytes as the program asked for them
     */
    public long peakLiveBytes() {
        return slots.peakLiveBytes();
    }

    /**
     * What the live objects take at least in any heap, at their peak.
     *
     * @return bytes
     */
    public long peakFootprintBytes() {
        return slots.peakFootprintBytes();
    }

    /**
     * The number of events after which {@link #peakLiveBytes()} is reached for the first time.
     *
     * @return events
     */
    public int peakEventCount() {
        return slots.peakEventCount();
    }
}
