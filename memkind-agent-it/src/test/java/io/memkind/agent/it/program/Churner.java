package io.memkind.agent.it.program;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Has blocks, buffers and an arena with known contents, and threads at work; each line on standard input is a round in which old ones
 * are checked and freed or resized, and new ones made. Prints how many are where after each.
 */
public final class Churner {
    private static final int COUNT = 2000;

    private Churner() {}

    @SuppressWarnings("MustBeClosedChecker") // each round closes the arena of the one before
    public static void main(String[] arguments) throws Exception {
        AtomicBoolean ended = new AtomicBoolean();
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 2; t++) {
            int seed = t;
            threads.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((thread, e) -> failure.set(e))
                    .start(() -> churn(seed, ended)));
        }
        threads.add(Thread.ofVirtual()
                .uncaughtExceptionHandler((thread, e) -> failure.set(e))
                .start(() -> churn(9, ended)));
        long[] blocks = new long[COUNT];
        List<ByteBuffer> buffers = new ArrayList<>();
        Arena arena = Arena.ofShared();
        MemorySegment segment = fill(blocks, buffers, arena);
        System.out.println("ready");
        while (System.in.read() == '\n') {
            int inFile = 0;
            for (int i = 0; i < COUNT; i++) {
                require(SunUnsafe.getLong(blocks[i]) == i, "block " + i);
                if (i % 2 == 0) {
                    blocks[i] = SunUnsafe.reallocateMemory(blocks[i], 4000);
                    require(SunUnsafe.getLong(blocks[i]) == i, "resized block " + i);
                }
                inFile += i % 100 == 0 && Mappings.isInFile(blocks[i]) ? 1 : 0;
                SunUnsafe.freeMemory(blocks[i]);
            }
            for (int i = 0; i < buffers.size(); i++) {
                require(buffers.get(i).getLong(0) == i, "buffer " + i);
            }
            require(segment.get(ValueLayout.JAVA_LONG, 0) == 77, "segment");
            arena.close();
            buffers.clear();
            System.gc();
            arena = Arena.ofShared();
            segment = fill(blocks, buffers, arena);
            System.out.println("freed " + inFile + " of " + COUNT / 100 + " in file; new one "
                    + Mappings.isInFile(segment.address()));
        }
        ended.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        require(failure.get() == null, String.valueOf(failure.get()));
        System.out.println("end");
    }

    private static MemorySegment fill(long[] blocks, List<ByteBuffer> buffers, Arena arena) {
        for (int i = 0; i < COUNT; i++) {
            blocks[i] = SunUnsafe.allocateMemory(8 + i % 3000);
            SunUnsafe.putLong(blocks[i], i);
        }
        for (int i = 0; i < 200; i++) {
            buffers.add(ByteBuffer.allocateDirect(1000 + i));
            buffers.get(i).putLong(0, i);
        }
        MemorySegment segment = arena.allocate(1 << 20);
        segment.set(ValueLayout.JAVA_LONG, 0, 77);
        return segment;
    }

    private static void churn(int seed, AtomicBoolean ended) {
        Random random = new Random(seed);
        long[] blocks = new long[100];
        int[] stamps = new int[blocks.length];
        while (!ended.get()) {
            for (int step = 0; step < 200; step++) {
                int i = random.nextInt(blocks.length);
                if (blocks[i] != 0) {
                    require((int) SunUnsafe.getLong(blocks[i]) == stamps[i], "thread " + seed);
                    SunUnsafe.freeMemory(blocks[i]);
                }
                blocks[i] = SunUnsafe.allocateMemory(8 + random.nextInt(20_000));
                stamps[i] = random.nextInt();
                SunUnsafe.putLong(blocks[i], stamps[i]);
            }
            try (Arena arena = Arena.ofConfined()) {
                arena.allocate(random.nextInt(100_000));
            }
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
        for (long block : blocks) {
            SunUnsafe.freeMemory(block);
        }
    }

    private static void require(boolean condition, String what) {
        if (!condition) {
            throw new IllegalStateException("wrong contents: " + what);
        }
    }
}
