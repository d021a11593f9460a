package io.memkind.cli.replay;

import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Looks at resident memory again and again from a thread of its own, and keeps the maximum. */
final class ResidencySampler implements AutoCloseable {
    private static final long MIN_PAUSE_NANOS = 2_000_000;
    /** Sampling shall take no more than a fifth of a processor. */
    private static final int PAUSE_FACTOR = 4;

    private final LongSupplier residentBytes;
    private final Thread thread;
    private volatile boolean stopped;
    private volatile @Nullable RuntimeException failure;
    private volatile long peakBytes;

    ResidencySampler(LongSupplier residentBytes) {
        this.residentBytes = residentBytes;
        thread = Thread.ofPlatform().daemon().name("residency-sampler").start(this::sampleUntilStopped);
    }

    private void sampleUntilStopped() {
        try {
            long peak = 0;
            while (!stopped) {
                long startNanos = System.nanoTime();
                peak = Math.max(peak, residentBytes.getAsLong());
                peakBytes = peak;
                LockSupport.parkNanos(Math.max(MIN_PAUSE_NANOS, PAUSE_FACTOR * (System.nanoTime() - startNanos)));
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** Takes a last sample, and returns the maximum of all. */
    long finish() {
        close();
        RuntimeException failed = failure;
        if (failed != null) {
            throw failed;
        }
        return Math.max(peakBytes, residentBytes.getAsLong());
    }

    /** Returns when the thread has ended: it looks at a heap that is about to be closed. */
    @Override
    public void close() {
        stopped = true;
        LockSupport.unpark(thread);
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
