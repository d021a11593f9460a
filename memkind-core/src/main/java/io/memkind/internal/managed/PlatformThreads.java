package io.memkind.internal.managed;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.LongSupplier;

/** Daemon threads, as many as processors, that live as long as the process: they call in place of virtual threads. */
final class PlatformThreads {
    private static final ExecutorService THREADS = Executors.newFixedThreadPool(
            Runtime.getRuntime().availableProcessors(),
            Thread.ofPlatform()
                    .daemon()
                    .name("memkind-heap-", 0)
                    .inheritInheritableThreadLocals(false)
                    .factory());

    private PlatformThreads() {}

    /** Runs the call in one of the threads, and throws what it throws. */
    static long call(LongSupplier call) {
        try {
            return CompletableFuture.supplyAsync(call::getAsLong, THREADS).join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            if (e.getCause() instanceof Error cause) {
                throw cause;
            }
            throw e;
        }
    }
}
