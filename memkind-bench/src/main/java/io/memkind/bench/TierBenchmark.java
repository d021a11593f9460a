package io.memkind.bench;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.tier.TierPolicy;
import io.memkind.tier.TieredMemory;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** A block is allocated and freed at once: in a kind, and in tiered memories over two such kinds. Nobody touches it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@State(Scope.Benchmark)
public class TierBenchmark {
    private static final int LIVE_BLOCKS = 1000;

    /** The size of the block in bytes. */
    @Param({"64", "1024"})
    public long byteSize;

    private final MemoryKind first = MemoryKind.builder(Kinds.DEFAULT).build();
    private final MemoryKind second = MemoryKind.builder(Kinds.DEFAULT).build();
    private final TieredMemory ratio = over(TierPolicy.STATIC_RATIO);
    private final TieredMemory threshold = over(TierPolicy.DYNAMIC_THRESHOLD);

    private TieredMemory over(TierPolicy policy) {
        return TieredMemory.builder(policy).tier(first, 1).tier(second, 4).build();
    }

    /** Puts some blocks into the tiers, so that the policies have something to go by. */
    @Setup
    public void fill() {
        for (int i = 0; i < LIVE_BLOCKS; i++) {
            ratio.malloc(byteSize);
            threshold.malloc(byteSize);
        }
    }

    /** Closes what was opened. */
    @TearDown
    public void close() {
        ratio.close();
        threshold.close();
        first.close();
        second.close();
    }

    /**
     * {@code MemoryKind.malloc} and {@code free}.
     *
     * @return the address
     */
    @Benchmark
    public long kind() {
        long address = first.malloc(byteSize);
        first.free(address);
        return address;
    }

    /**
     * The same through a tiered memory with a static ratio.
     *
     * @return the address
     */
    @Benchmark
    public long staticRatio() {
        long address = ratio.malloc(byteSize);
        ratio.free(address);
        return address;
    }

    /**
     * The same through a tiered memory with dynamic thresholds.
     *
     * @return the address
     */
    @Benchmark
    public long dynamicThreshold() {
        long address = threshold.malloc(byteSize);
        threshold.free(address);
        return address;
    }
}
