package io.memkind.bench;

import io.memkind.Kinds;
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

/** Among many live blocks, one is freed at random and another, of another size, is allocated and touched. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
public class RandomReplacementBenchmark {
    /** The live blocks. */
    @State(Scope.Thread)
    public abstract static class LiveBlocks {
        private static final int SIZE_COUNT = 1 << 16;

        /** Their number. */
        @Param({"1024", "16384", "1048576"})
        public int live;

        private final RandomNumbers random = new RandomNumbers(1);
        private int[] sizes = {};
        private long[] blocks = {};

        abstract long allocate(long byteSize);

        abstract void free(long address);

        /** Allocates them. */
        @Setup
        public void fill() {
            sizes = RandomNumbers.sizes(SIZE_COUNT);
            blocks = new long[live];
            for (int i = 0; i < live; i++) {
                blocks[i] = allocate(sizes[i & SIZE_COUNT - 1]);
                CLibrary.touch(blocks[i]);
            }
        }

        long replaceOne() {
            long bits = random.next();
            int slot = (int) (((bits >>> 32) * blocks.length) >>> 32);
            free(blocks[slot]);
            long address = allocate(sizes[(int) bits & SIZE_COUNT - 1]);
            CLibrary.touch(address);
            blocks[slot] = address;
            return address;
        }

        /** Frees them. */
        @TearDown
        public void freeAll() {
            for (long block : blocks) {
                free(block);
            }
        }
    }

    /** Blocks of {@code Kinds.DEFAULT}. */
    public static class MemkindBlocks extends LiveBlocks {
        @Override
        long allocate(long byteSize) {
            return Kinds.DEFAULT.malloc(byteSize);
        }

        @Override
        void free(long address) {
            Kinds.DEFAULT.free(address);
        }
    }

    /** Blocks of malloc(3). */
    public static class MallocBlocks extends LiveBlocks {
        @Override
        long allocate(long byteSize) {
            return CLibrary.malloc(byteSize);
        }

        @Override
        void free(long address) {
            CLibrary.free(address);
        }
    }

    /**
     * {@code MemoryKind.malloc} and {@code free}.
     *
     * @param blocks the live blocks
     * @return the address of the new one
     */
    @Benchmark
    public long memkind(MemkindBlocks blocks) {
        return blocks.replaceOne();
    }

    /**
     * malloc(3) and free(3), called from Java.
     *
     * @param blocks the live blocks
     * @return the address of the new one
     */
    @Benchmark
    public long mallocByFfm(MallocBlocks blocks) {
        return blocks.replaceOne();
    }
}
