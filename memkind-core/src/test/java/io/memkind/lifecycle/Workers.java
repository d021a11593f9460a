package io.memkind.lifecycle;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Runs tasks on threads that start together; the first failure is the test's. */
final class Workers {
    private Workers() {}

    static <T> List<T> run(int count, Thread.Builder threads, IndexedTask<T> task) throws Exception {
        CountDownLatch start = new CountDownLatch(1);
        List<FutureTask<T>> tasks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int index = i;
            Callable<T> body = () -> {
                start.await();
                return task.run(index);
            };
            FutureTask<T> future = new FutureTask<>(body);
            tasks.add(future);
            threads.start(future);
        }
        start.countDown();
        List<T> results = new ArrayList<>();
        for (FutureTask<T> future : tasks) {
            try {
                results.add(future.get(60, TimeUnit.SECONDS));
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            }
        }
        return results;
    }

    interface IndexedTask<T> {
        T run(int index) throws Exception;
    }
}
