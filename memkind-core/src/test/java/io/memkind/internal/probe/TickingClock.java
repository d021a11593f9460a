package io.memkind.internal.probe;

import java.util.function.LongSupplier;

/** A clock that goes on by the same time whenever it is asked; each thread has its own, so that threads do not disturb. */
public final class TickingClock implements LongSupplier {
    private final long tickNanos;
    private final ThreadLocal<long[]> nanos = ThreadLocal.withInitial(() -> new long[1]);

    public TickingClock(long tickNanos) {
        this.tickNanos = tickNanos;
    }

    @Override
    public long getAsLong() {
        return nanos.get()[0] += tickNanos;
    }
}
