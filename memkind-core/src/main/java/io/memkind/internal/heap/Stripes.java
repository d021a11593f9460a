package io.memkind.internal.heap;

import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** The shards at one place that any thread may enter: one thread at a time each. */
final class Stripes {
    private static final int SPINS = 16;
    private static final long PARK_NANOS = 20_000;

    private final ShardTable table;
    private final int place;
    private final @Nullable Shard[] stripes;

    /** @param count a power of two */
    Stripes(ShardTable table, int place, int count) {
        this.table = table;
        this.place = place;
        this.stripes = new Shard[count];
    }

    /** Enters some stripe. The caller leaves it by {@link Shard#exit}. */
    Shard enter() {
        Shard stripe = tryEnter();
        return stripe != null ? stripe : await();
    }

    /*
     * Parks, and does not yield: virtual threads that yield go to the local queues of their carriers, which look there
     * first, so that a thread inside a stripe that was just woken would never run again.
     */
    private Shard await() {
        boolean interrupted = false;
        try {
            while (true) {
                for (int spins = 0; spins < SPINS; spins++) {
                    Shard stripe = tryEnter();
                    if (stripe != null) {
                        return stripe;
                    }
                    Thread.onSpinWait();
                }
                table.requireOpen();
                LockSupport.parkNanos(PARK_NANOS);
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private @Nullable Shard tryEnter() {
        int first = (int) Thread.currentThread().threadId();
        for (int i = 0; i < stripes.length; i++) {
            int index = (first + i) & (stripes.length - 1);
            Shard stripe = stripes[index];
            if (stripe == null) {
                stripe = make(index);
            }
            if (stripe.tryEnterStripe()) {
                return stripe;
            }
        }
        return null;
    }

    private synchronized Shard make(int index) {
        Shard stripe = stripes[index];
        if (stripe == null) {
            stripe = table.newStripe(place);
            stripes[index] = stripe;
        }
        return stripe;
    }
}
