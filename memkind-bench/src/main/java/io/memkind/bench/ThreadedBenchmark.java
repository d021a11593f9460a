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
import org.openjdk.jmh.annotations.Threads;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Control;
import org.openjdk.jmh.infra.ThreadParams;

/** Two threads: each frees its own blocks at once, or each frees those that the other allocates. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 20, time = 250, timeUnit = TimeUnit.MILLISECONDS)
@Fork(value = 3, jvmArgsAppend = "--enable-native-access=ALL-UNNAMED")
@Threads(2)
@State(Scope.Benchmark)
public class ThreadedBenchmark {
    /** The size of a block in bytes. */
    @Param({"64", "1024"})
    public long byteSize;

    private final BlockRing[] rings = {new BlockRing(), new BlockRing()};

    /** What one of the threads has: the ring that it sends by, and that which it receives from. */
    @State(Scope.Thread)
    public abstract static class Peer {
        private BlockRing out = new BlockRing();
        private BlockRing in = out;
        private int sent;
        private int received;

        abstract long allocate(long byteSize);

        abstract void free(long address);

        /**
         * Takes this thread's end of the rings.
         *
         * @param benchmark has the rings
         * @param thread tells the threads apart
         */
        @Setup
        public void connect(ThreadedBenchmark benchmark, ThreadParams thread) {
            out = benchmark.rings[thread.getThreadIndex()];
            in = benchmark.rings[1 - thread.getThreadIndex()];
        }

        private boolean receive() {
            long address = in.take(received);
            if (address == 0) {
                return false;
            }
            received++;
            free(address);
            return true;
        }

        /* Sends one block and frees at least one, but for the few that fill the rings. */
        final void exchange(long byteSize, Control control) {
            while (!out.isFree(sent)) {
                if (control.stopMeasurement) {
                    return;
                }
                if (!receive()) {
                    Thread.yield();
                }
            }
            long address = allocate(byteSize);
            CLibrary.touch(address);
            out.send(sent++, address);
            receive();
        }
    }

    /** Has blocks of {@code Kinds.DEFAULT}. */
    public static class MemkindPeer extends Peer {
        @Override
        long allocate(long byteSize) {
            return Kinds.DEFAULT.malloc(byteSize);
        }

        @Override
        void free(long address) {
            Kinds.DEFAULT.free(address);
        }
    }

    /** Has blocks of malloc(3). */
    public static class MallocPeer extends Peer {
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
     * Own blocks of {@code Kinds.DEFAULT}.
     *
     * @return the address
     */
    @Benchmark
    public long pairMemkind() {
        long address = Kinds.DEFAULT.malloc(byteSize);
        Kinds.DEFAULT.free(address);
        return address;
    }

    /**
     * Own blocks of malloc(3).
     *
     * @return the address
     */
    @Benchmark
    public long pairMallocByFfm() {
        long address = CLibrary.malloc(byteSize);
        CLibrary.free(address);
        return address;
    }

    /**
     * The other's blocks of {@code Kinds.DEFAULT}.
     *
     * @param peer this thread's side
     * @param control ends the wait for the other
     */
    @Benchmark
    public void exchangeMemkind(MemkindPeer peer, Control control) {
        peer.exchange(byteSize, control);
    }

    /**
     * The other's blocks of malloc(3).
     *
     * @param peer this thread's side
     * @param control ends the wait for the other
     */
    @Benchmark
    public void exchangeMallocByFfm(MallocPeer peer, Control control) {
        peer.exchange(byteSize, control);
    }
}
