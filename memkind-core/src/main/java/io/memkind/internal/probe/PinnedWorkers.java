package io.memkind.internal.probe;

import io.memkind.internal.os.CpuAffinity;
import io.memkind.internal.os.Errno;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadFactory;
import java.util.function.IntFunction;

/**
 * A thread on each of some processors, and nowhere else. Closing interrupts and ends them, and so does a task that fails or
 * a caller that is interrupted.
 */
public final class PinnedWorkers implements AutoCloseable {
    private final List<ExecutorService> executors = new ArrayList<>();
    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private PinnedWorkers() {}

    /**
     * Starts the threads.
     *
     * @throws UnmeasuredException if one cannot be pinned to its processor; none is left then
     */
    public static PinnedWorkers start(CpuAffinity affinity, List<Integer> cpus)
            throws UnmeasuredException, InterruptedException {
        PinnedWorkers workers = new PinnedWorkers();
        boolean started = false;
        try {
            for (int cpu : cpus) {
                ThreadFactory factory = Thread.ofPlatform()
                        .daemon()
                        .name("memkind-measure-" + cpu)
                        .factory();
                workers.executors.add(
                        Executors.newSingleThreadExecutor(task -> workers.noted(factory.newThread(task))));
            }
            List<Integer> results = workers.onAll(index -> () -> pin(affinity, cpus.get(index)));
            for (int i = 0; i < results.size(); i++) {
                if (results.get(i) != 0) {
                    throw new UnmeasuredException("a thread cannot be pinned to CPU " + cpus.get(i)
                            + ": sched_setaffinity failed: " + Errno.describe(-results.get(i)));
                }
            }
            started = true;
        } finally {
            if (!started) {
                workers.close();
            }
        }
        return workers;
    }

    private Thread noted(Thread thread) {
        threads.add(thread);
        return thread;
    }

    private static int pin(CpuAffinity affinity, int cpu) {
        BitSet cpus = new BitSet();
        cpus.set(cpu);
        return affinity.set(cpus);
    }

    public int count() {
        return executors.size();
    }

    <T> T onFirst(Callable<T> task) throws InterruptedException {
        return resultsOf(List.of(executors.get(0).submit(task))).get(0);
    }

    /** Runs a task on each thread at once; it is told the number of the thread. */
    <T> List<T> onAll(IntFunction<Callable<T>> tasks) throws InterruptedException {
        List<Future<T>> futures = new ArrayList<>();
        for (int i = 0; i < executors.size(); i++) {
            futures.add(executors.get(i).submit(tasks.apply(i)));
        }
        return resultsOf(futures);
    }

    /* Whatever comes of it, no task runs any more afterwards: the caller may then unmap what they read. */
    private <T> List<T> resultsOf(List<Future<T>> futures) throws InterruptedException {
        List<T> results = new ArrayList<>();
        try {
            for (Future<T> future : futures) {
                results.add(resultOf(future));
            }
        } finally {
            if (results.size() < futures.size()) {
                close();
            }
        }
        return results;
    }

    private static <T> T resultOf(Future<T> future) throws InterruptedException {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a measuring thread failed: " + e.getCause(), e);
        }
    }

    @Override
    public void close() {
        executors.forEach(ExecutorService::shutdownNow);
        boolean interrupted = false;
        for (Thread thread : threads) {
            while (thread.isAlive()) {
                try {
                    thread.join();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
