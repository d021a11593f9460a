package io.memkind.agent.internal.report;

import io.memkind.agent.internal.redirect.BlockObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.Stream;

/**
 * The live blocks among those sampled: on average one in so many bytes of requests, so that a block of s bytes is a sample with
 * probability 1 − exp(−s / interval). Thread-safe.
 */
public final class BlockSamples implements BlockObserver {
    private static final int MAX_FRAMES = 128;
    private static final int FILTER_BITS = 16;
    /* 2^64 divided by the golden ratio. */
    private static final long HASH_FACTOR = 0x9E3779B97F4A7C15L;
    private static final StackWalker WALKER = StackWalker.getInstance();

    /**
     * A block.
     *
     * @param byteSize the size that was asked for
     * @param nanos when, as System.nanoTime
     * @param frames who, the caller of the JDK's allocation first
     */
    record Sample(long byteSize, long nanos, List<String> frames) {}

    private final double intervalBytes;
    private final Map<Long, Sample> live = new ConcurrentHashMap<>();
    private final Map<List<String>, List<String>> stacks = new ConcurrentHashMap<>();
    /* How many live samples have an address of each hash, so that most frees need no look into the map. */
    private final AtomicIntegerArray filter = new AtomicIntegerArray(1 << FILTER_BITS);

    /**
     * No samples yet.
     *
     * @param intervalBytes the mean of the bytes between two of them, 1 or more
     */
    public BlockSamples(long intervalBytes) {
        this.intervalBytes = intervalBytes;
    }

    private static int hash(long address) {
        return (int) ((address * HASH_FACTOR) >>> (Long.SIZE - FILTER_BITS));
    }

    /** How many blocks of a size stand behind each sample of that size. */
    double weight(long byteSize) {
        return 1 / -Math.expm1(-byteSize / intervalBytes);
    }

    @Override
    public double nextGap() {
        return -Math.log(1 - ThreadLocalRandom.current().nextDouble()) * intervalBytes;
    }

    @Override
    public void sampled(long address, long byteSize) {
        List<String> frames = WALKER.walk(BlockSamples::framesOf);
        List<String> known = stacks.putIfAbsent(frames, frames);
        Sample sample = new Sample(byteSize, System.nanoTime(), known == null ? frames : known);
        /* The address is nobody else's before this returns, and so is its entry. */
        if (live.put(address, sample) == null) {
            filter.incrementAndGet(hash(address));
        }
    }

    private static List<String> framesOf(Stream<StackWalker.StackFrame> stack) {
        List<String> frames = new ArrayList<>();
        stack.dropWhile(frame -> frame.getClassName().startsWith("io.memkind.agent.internal.")
                        || frame.getClassName().startsWith("jdk.internal.misc."))
                .limit(MAX_FRAMES)
                .forEach(frame -> frames.add(frame.getClassName() + "." + frame.getMethodName()
                        + (frame.getLineNumber() > 0 ? ":" + frame.getLineNumber() : "")));
        return List.copyOf(frames);
    }

    @Override
    public void freeing(long address) {
        if (filter.get(hash(address)) != 0 && live.remove(address) != null) {
            filter.decrementAndGet(hash(address));
        }
    }

    List<Sample> live() {
        return List.copyOf(live.values());
    }
}
