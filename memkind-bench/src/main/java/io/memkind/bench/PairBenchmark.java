package io.memkind.bench;

import io.memkind.Kinds;
import java.lang.foreign.Arena;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** A block is allocated and freed at once; nobody touches it, but that an arena of the JDK zeroes it. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@State(Scope.Thread)
public class PairBenchmark {
    /** The size of the block in bytes. */
    @Param({"16", "64", "256", "1024", "8192", "32768", "65536", "262144", "1048576"})
    public long byteSize;

    /**
     * {@code MemoryKind.malloc} and {@code free}.
     *
     * @return the address
     */
    @Benchmark
    public long memkind() {
        long address = Kinds.DEFAULT.malloc(byteSize);
        Kinds.DEFAULT.free(address);
        return address;
    }

    /**
     * malloc(3) and free(3), called from Java.
     *
     * @return the address
     */
    @Benchmark
    public long mallocByFfm() {
        long address = CLibrary.malloc(byteSize);
        CLibrary.free(address);
        return address;
    }

    /**
     * An arena of the JDK for one block.
     *
     * @param blackhole takes the segment
     */
    @Benchmark
    public void jdkConfinedArena(Blackhole blackhole) {
        try (Arena arena = Arena.ofConfined()) {
            blackhole.consume(arena.allocate(byteSize));
        }
    }
}
