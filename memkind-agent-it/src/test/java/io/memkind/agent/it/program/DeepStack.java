package io.memkind.agent.it.program;

import java.lang.foreign.Arena;
import java.util.Random;

/** Allocates wherever a stack overflows, again and again, and goes on to allocate elsewhere. */
public final class DeepStack {
    private static final long STACK_BYTES = 256 << 10;
    private static final int THREADS = 40;

    private static final Random RANDOM = new Random(5);

    private DeepStack() {}

    private static int byteSize() {
        return 16 + RANDOM.nextInt(1 << RANDOM.nextInt(4, 18));
    }

    @SuppressWarnings("InfiniteRecursion")
    private static void inside() {
        try (Arena arena = Arena.ofConfined()) {
            arena.allocate(byteSize());
            inside();
        }
    }

    @SuppressWarnings("InfiniteRecursion")
    private static void afterwards() {
        try {
            afterwards();
        } finally {
            try (Arena arena = Arena.ofConfined()) {
                arena.allocate(byteSize());
            } catch (StackOverflowError e) {
                // on the way out there is more room each time
            }
        }
    }

    private static void overflow(Runnable recursion) {
        try {
            recursion.run();
        } catch (StackOverflowError e) {
            // as intended
        }
    }

    public static void main(String[] arguments) throws InterruptedException {
        for (int i = 0; i < THREADS; i++) {
            Runnable recursion = i % 2 == 0 ? DeepStack::inside : DeepStack::afterwards;
            Thread thread = new Thread(null, () -> overflow(recursion), "deep", STACK_BYTES);
            thread.start();
            thread.join();
            try (Arena arena = Arena.ofShared()) {
                for (int block = 0; block < 200; block++) {
                    arena.allocate(byteSize()).fill((byte) 1);
                }
            }
        }
        System.out.println("end");
    }
}
