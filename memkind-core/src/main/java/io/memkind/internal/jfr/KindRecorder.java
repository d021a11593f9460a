package io.memkind.internal.jfr;

import io.memkind.internal.heap.HeapEvents;
import java.util.function.Supplier;

/**
 * Makes events of what the heap of one kind does. An event that no recording asks for costs a look at its switch. Without
 * room for an event on the Java heap there is none.
 */
final class KindRecorder implements HeapEvents {
    private final String kind;
    private final boolean samples;

    KindRecorder(String kind, boolean samples) {
        this.kind = kind;
        this.samples = samples;
    }

    @Override
    public boolean countsAllocations() {
        return samples;
    }

    @Override
    public void allocated(long byteSize) {
        long weight = AllocationSampler.weigh(byteSize);
        if (weight != 0) {
            commit(() -> {
                AllocationSampleEvent event = new AllocationSampleEvent();
                event.kind = kind;
                event.byteSize = byteSize;
                event.weight = weight;
                event.commit();
            });
        }
    }

    @Override
    public void mapped(long address, long byteSize, long callNanos) {
        commit(ExtentMapEvent::new, address, byteSize, callNanos);
    }

    @Override
    public void unmapped(long address, long byteSize, long callNanos) {
        commit(ExtentUnmapEvent::new, address, byteSize, callNanos);
    }

    @Override
    public void purged(long address, long byteSize, long callNanos) {
        commit(PurgeEvent::new, address, byteSize, callNanos);
    }

    private void commit(Supplier<ExtentEvent> newEvent, long address, long byteSize, long callNanos) {
        commit(() -> {
            ExtentEvent event = newEvent.get();
            event.kind = kind;
            event.address = address;
            event.byteSize = byteSize;
            event.callTime = callNanos;
            event.commit();
        });
    }

    @Override
    public void exhausted(long byteSize, String reason, long activeBytes, long limitBytes) {
        commit(() -> {
            KindExhaustedEvent event = new KindExhaustedEvent();
            event.kind = kind;
            event.byteSize = byteSize;
            event.reason = reason;
            event.activeBytes = activeBytes;
            event.limitBytes = limitBytes;
            event.commit();
        });
    }

    /* An observer never throws. */
    static void commit(Runnable makes) {
        try {
            makes.run();
        } catch (OutOfMemoryError e) {
            /* The event is lost; telling of it would need memory too. */
        }
    }
}
