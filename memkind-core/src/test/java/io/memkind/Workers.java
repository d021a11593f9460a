package io.memkind;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Threads that start together; what one of them throws, the test throws, and one that hangs fails it. */
public final class Workers {
    private static final long PATIENCE_SECONDS = 60;

    /** What a thread does. */
    @FunctionalInterface
    public interface Work {
        void run(int worker) throws Exception;
    }

    private final List<Thread> threads = new ArrayList<>();
    private final AtomicReference<Throwable> failure = new AtomicReference<>();

    private Workers() {}

    /** Runs {@code work} in {@code count} platform threads and waits for all. */
    public static void run(int count, Work work) {
        start(count, Thread.ofPlatform().daemon().factory(), work).join();
    }

    /** Starts the threads, which wait for each other. */
    public static Workers start(int count, ThreadFactory factory, Work work) {
        Workers workers = new Workers();
        CountDownLatch ready = new CountDownLatch(count);
        for (int i = 0; i < count; i++) {
            int worker = i;
            workers.threads.add(factory.newThread(() -> {
                try {
                    ready.countDown();
                    ready.await();
                    work.run(worker);
                } catch (Throwable e) {
                    workers.failure.compareAndSet(null, e);
                }
            }));
        }
        workers.threads.forEach(Thread::start);
        return workers;
    }

    /** Whether a thread has failed. */
    public boolean failed() {
        return failure.get() != null;
    }

    public void join() {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        try {
            for (Thread thread : threads) {
                while (thread.isAlive() && System.nanoTime() < deadline && !failed()) {
                    thread.join(100);
                }
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
        if (failed()) {
            throw new AssertionError("a worker failed", failure.get());
        }
        for (Thread thread : threads) {
            if (thread.isAlive()) {
                AssertionError hang = new AssertionError(thread + " hangs");
                hang.setStackTrace(thread.getStackTrace());
                throw hang;
            }
        }
    }
}
