package io.memkind.internal.probe;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CyclicBarrier;
import java.util.function.DoubleSupplier;
import java.util.function.LongSupplier;

/** Times the memory of one node from the processors of one node: a first round that does not count, then those that do. */
public final class PairProbe {
    public static final int TIMED_ROUND_COUNT = 5;

    /** Rounds of a pair, for the latency and for the bandwidth. */
    public static final int ROUND_COUNT = 2 * (1 + TIMED_ROUND_COUNT);

    private static final int LOADS_PER_CLOCK = 2048;
    private static final double MIB = 1 << 20;

    private final LongSupplier nanoTime;
    private final PinnedWorkers workers;
    private final long roundNanos;
    private final Runnable roundDone;

    public PairProbe(LongSupplier nanoTime, PinnedWorkers workers, long roundNanos, Runnable roundDone) {
        this.nanoTime = nanoTime;
        this.workers = workers;
        this.roundNanos = roundNanos;
        this.roundDone = roundDone;
    }

    /** One round for the latency or the bandwidth. */
    @FunctionalInterface
    private interface Round {
        double value() throws InterruptedException;
    }

    private long median(Round round) throws InterruptedException {
        List<Double> values = new ArrayList<>();
        for (int i = 0; i <= TIMED_ROUND_COUNT; i++) {
            double value = round.value();
            if (i > 0) { // the first one takes out of the caches what was written last
                values.add(value);
            }
            roundDone.run();
        }
        values.sort(null);
        return Math.max(1, Math.round(values.get(values.size() / 2)));
    }

    /** Nanoseconds of a load. The walk goes on where it was, or it would find its begin in the caches. */
    public long latencyNanos(PointerChase chase) throws InterruptedException {
        return median(() -> workers.onFirst(() -> {
            List<Long> batches = new ArrayList<>();
            long start = nanoTime.getAsLong();
            long now = start;
            do {
                long before = now;
                chase.follow(LOADS_PER_CLOCK);
                now = nanoTime.getAsLong();
                batches.add(now - before);
            } while (now - start < roundNanos && !Thread.currentThread().isInterrupted());
            batches.sort(null); // a batch in which another thread had the processor says nothing of the memory
            return (double) batches.get(batches.size() / 2) / LOADS_PER_CLOCK;
        }));
    }

    /** MiB/s of all threads together, each reading a part of its own. */
    public long bandwidthMiBps(BoundBuffer buffer) throws InterruptedException {
        int count = workers.count();
        long share = buffer.byteSize() / count / PointerChase.LINE_BYTE_SIZE * PointerChase.LINE_BYTE_SIZE;
        List<StreamReader> readers = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            readers.add(new StreamReader(buffer.address() + i * share, share));
        }
        CyclicBarrier start = new CyclicBarrier(count);
        return median(() -> workers.onAll(index -> () -> read(readers.get(index), start)).stream()
                .mapToDouble(Double::doubleValue)
                .sum());
    }

    private double read(StreamReader reader, CyclicBarrier startTogether)
            throws InterruptedException, BrokenBarrierException {
        startTogether.await();
        long bytes = 0;
        long elapsed;
        long start = nanoTime.getAsLong();
        do {
            bytes += reader.readChunk();
            elapsed = nanoTime.getAsLong() - start;
        } while (elapsed < roundNanos && !Thread.currentThread().isInterrupted());
        return bytes / MIB * 1e9 / Math.max(1, elapsed);
    }

    /** Lets the compiler see both loops until a time is over: on memory that is there, by the calling thread. */
    public static void warmUp(LongSupplier nanoTime, long address, long byteSize, int[] cycle, long nanos) {
        PointerChase chase = new PointerChase(address, cycle);
        StreamReader reader = new StreamReader(address, byteSize);
        DoubleSupplier elapsed = elapsedSince(nanoTime, nanoTime.getAsLong());
        do {
            chase.follow(LOADS_PER_CLOCK);
            reader.readChunk();
        } while (elapsed.getAsDouble() < nanos && !Thread.currentThread().isInterrupted());
    }

    private static DoubleSupplier elapsedSince(LongSupplier nanoTime, long start) {
        return () -> nanoTime.getAsLong() - start;
    }
}
