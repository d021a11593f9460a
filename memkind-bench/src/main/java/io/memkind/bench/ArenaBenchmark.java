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

/** An arena is opened, some zeroed segments of 64 bytes are allocated, and it is closed. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@State(Scope.Thread)
public class ArenaBenchmark {
    private static final long BYTE_SIZE = 64;

    /** Segments for each arena. */
    @Param({"1", "8"})
    public int segments;

    /**
     * {@code MemoryKind.confinedArena}.
     *
     * @param blackhole takes the segments
     */
    @Benchmark
    public void memkindConfined(Blackhole blackhole) {
        try (Arena arena = Kinds.DEFAULT.confinedArena()) {
            allocate(arena, blackhole);
        }
    }

    /**
     * {@code Arena.ofConfined}.
     *
     * @param blackhole takes the segments
     */
    @Benchmark
    public void jdkConfined(Blackhole blackhole) {
        try (Arena arena = Arena.ofConfined()) {
            allocate(arena, blackhole);
        }
    }

    /**
     * {@code MemoryKind.sharedArena}.
     *
     * @param blackhole takes the segments
     */
    @Benchmark
    public void memkindShared(Blackhole blackhole) {
        try (Arena arena = Kinds.DEFAULT.sharedArena()) {
            allocate(arena, blackhole);
        }
    }

    /**
     * {@code MemoryKind.deferredArena}.
     *
     * @param blackhole takes the segments
     */
    @Benchmark
    public void memkindDeferred(Blackhole blackhole) {
        try (Arena arena = Kinds.DEFAULT.deferredArena()) {
            allocate(arena, blackhole);
        }
    }

    /**
     * {@code Arena.ofShared}.
     *
     * @param blackhole takes the segments
     */
    @Benchmark
    public void jdkShared(Blackhole blackhole) {
        try (Arena arena = Arena.ofShared()) {
            allocate(arena, blackhole);
        }
    }

    private void allocate(Arena arena, Blackhole blackhole) {
        for (int i = 0; i < segments; i++) {
            blackhole.consume(arena.allocate(BYTE_SIZE));
        }
    }
}
