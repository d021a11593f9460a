package io.memkind.internal.jfr;

import java.util.concurrent.ThreadLocalRandom;

/**
 * Decides which allocations become samples, and what each stands for.
 *
 * <p>Every byte allocated is a mark with probability 1 / {@link #INTERVAL_BYTES}, independently of all others; to a good
 * approximation an allocation of {@code n} bytes has one with probability {@code p = 1 - exp(-n / interval)}, and is then
 * sampled with the weight {@code n / p}. So the expected weight of each allocation is {@code n}, whatever its size, thread
 * and place: sums of weights, overall or by stack trace, are unbiased estimates of the bytes allocated. Blocks of many times
 * the interval are nearly always sampled, at their own size.
 */
final class AllocationSampler {
    /** Bytes between samples, on average: 512 KiB, as the heap sampler of JVMTI has it (JEP 331). */
    static final long INTERVAL_BYTES = 512 << 10;

    private AllocationSampler() {}

    /** Throws the dice for an allocation: its weight in bytes, or 0 if it is no sample. */
    static long weigh(long byteSize) {
        return weigh(byteSize, ThreadLocalRandom.current().nextDouble());
    }

    /** As {@link #weigh(long)}, with a random number from [0, 1). */
    static long weigh(long byteSize, double random) {
        double probability = -Math.expm1(-(double) byteSize / INTERVAL_BYTES);
        return random < probability ? Math.round(byteSize / probability) : 0;
    }
}
