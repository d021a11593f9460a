package io.memkind.internal.extent;

import org.jspecify.annotations.Nullable;

/** The calls of a pool to its source that change what is mapped or resident, told to an observer if there is one. */
final class ObservedCalls {
    private final ExtentSource source;
    private volatile @Nullable ExtentEvents observer;

    ObservedCalls(ExtentSource source) {
        this.source = source;
    }

    void observe(@Nullable ExtentEvents events) {
        observer = events;
    }

    private static long now(@Nullable ExtentEvents events) {
        return events == null ? 0 : System.nanoTime();
    }

    /** As {@link ExtentSource#map}. */
    long map(long byteSize, long byteAlignment) {
        ExtentEvents events = observer;
        long startNanos = now(events);
        long address = source.map(byteSize, byteAlignment);
        if (events != null) {
            events.mapped(address, byteSize, System.nanoTime() - startNanos);
        }
        return address;
    }

    /** As {@link ExtentSource#unmap}. */
    boolean unmap(long address, long byteSize) {
        return unmap(address, byteSize, false);
    }

    /**
     * As {@link ExtentSource#unmap}, or {@link ExtentSource#vacate}, which is the same to the observer.
     *
     * @param addressesStay whether to vacate
     */
    boolean unmap(long address, long byteSize, boolean addressesStay) {
        ExtentEvents events = observer;
        long startNanos = now(events);
        boolean gone = addressesStay ? source.vacate(address, byteSize) : source.unmap(address, byteSize);
        if (events != null && gone) {
            events.unmapped(address, byteSize, System.nanoTime() - startNanos);
        }
        return gone;
    }

    /** As {@link ExtentSource#purge}. */
    ExtentSource.Purged purge(long address, long byteSize) {
        ExtentEvents events = observer;
        long startNanos = now(events);
        ExtentSource.Purged purged = source.purge(address, byteSize);
        if (events != null) {
            long callNanos = System.nanoTime() - startNanos;
            switch (purged) {
                case CLEAN -> events.purged(address, byteSize, callNanos);
                case UNMAPPED -> events.unmapped(address, byteSize, callNanos);
                case FAILED -> {}
            }
        }
        return purged;
    }
}
