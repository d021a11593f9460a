package io.memkind.cli.trace;

import java.util.Arrays;

/** What is in each slot while a trace is read, and what all of it takes. */
final class SlotTable {
    /** More than a process can address, so more than any heap can hold. */
    private static final long ADDRESSABLE_BYTES = 1L << 47;

    private static final long PAGE_BYTES = 4096;
    private static final long GRANULE_BYTES = 16;
    private static final long PAGE_ALIGNED = 1L << 47;

    private final FreeSlots freeSlots = new FreeSlots();
    /** The size of the object in each slot, 0 when empty, with the flag {@link #PAGE_ALIGNED}. */
    private long[] objects = new long[1024];

    private int usedSlotCount;
    private int liveCount;
    private long liveBytes;
    private long footprintBytes;
    private long peakLiveBytes;
    private long peakFootprintBytes;
    private int peakEventCount;

    void allocate(int event, int slot, long byteSize, long byteAlignment) throws TraceException {
        boolean used = slot < usedSlotCount;
        if (used && objects[slot] != 0) {
            throw new TraceException("allocation into slot " + slot + ", which is full");
        }
        int lowest = freeSlots.lowest();
        int expected = lowest < 0 ? usedSlotCount : lowest;
        if (slot != expected) {
            throw new TraceException("allocation into slot " + slot + ", but " + expected + " is the lowest empty one");
        }
        if (used) {
            freeSlots.remove(slot);
        } else {
            if (slot == objects.length) {
                objects = Arrays.copyOf(objects, 2 * slot);
            }
            usedSlotCount++;
        }
        liveCount++;
        place(event, slot, byteSize | (byteAlignment >= PAGE_BYTES ? PAGE_ALIGNED : 0));
    }

    /** Returns the old size. */
    long resize(int event, int slot, long byteSize) throws TraceException {
        long oldByteSize = removeObject(slot, "realloc");
        place(event, slot, byteSize);
        return oldByteSize;
    }

    void free(int slot) throws TraceException {
        removeObject(slot, "free");
        objects[slot] = 0;
        freeSlots.add(slot);
        liveCount--;
    }

    private void place(int event, int slot, long object) throws TraceException {
        objects[slot] = object;
        liveBytes += object & ~PAGE_ALIGNED;
        footprintBytes += footprintBytes(object);
        if (footprintBytes > ADDRESSABLE_BYTES) {
            throw new TraceException("its live objects are " + liveBytes + " bytes, more than can be addressed");
        }
        peakFootprintBytes = Math.max(peakFootprintBytes, footprintBytes);
        if (liveBytes > peakLiveBytes) {
            peakLiveBytes = liveBytes;
            peakEventCount = event + 1;
        }
    }

    private long removeObject(int slot, String operation) throws TraceException {
        if (slot >= usedSlotCount || objects[slot] == 0) {
            throw new TraceException(operation + " of slot " + slot + ", which is empty");
        }
        long object = objects[slot];
        liveBytes -= object & ~PAGE_ALIGNED;
        footprintBytes -= footprintBytes(object);
        return object & ~PAGE_ALIGNED;
    }

    private static long footprintBytes(long object) {
        long granuleBytes = (object & PAGE_ALIGNED) == 0 ? GRANULE_BYTES : PAGE_BYTES;
        return ((object & ~PAGE_ALIGNED) + granuleBytes - 1) & -granuleBytes;
    }

    /** The greatest number of objects that were live at once: they always took the lowest slots. */
    int usedSlotCount() {
        return usedSlotCount;
    }

    int[] liveSlots() {
        int[] live = new int[liveCount];
        int count = 0;
        for (int slot = 0; slot < usedSlotCount; slot++) {
            if (objects[slot] != 0) {
                live[count++] = slot;
            }
        }
        return live;
    }

    long peakLiveBytes() {
        return peakLiveBytes;
    }

    /** What the objects take at least in any heap: 16 bytes each, a page each where so aligned. */
    long peakFootprintBytes() {
        return peakFootprintBytes;
    }

    /** Events until the live bytes reached their maximum for the first time. */
    int peakEventCount() {
        return peakEventCount;
    }
}
