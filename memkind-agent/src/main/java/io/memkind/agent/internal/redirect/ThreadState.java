package io.memkind.agent.internal.redirect;

import java.util.Arrays;

/** What the agent keeps for each thread. Used by that thread only. */
final class ThreadState {
    private static final ThreadLocal<ThreadState> CURRENT = ThreadLocal.withInitial(ThreadState::new);

    /*
     * Whether the thread is inside a hook. The heaps themselves allocate small arenas around system calls, at times under a lock: such
     * a request has to go to the JVM.
     */
    boolean inside;

    /* Until the next sample, in bytes of requests. Negative: not drawn yet. */
    double bytesToSample = -1;

    /* The last name seen and the patterns that it fits. Thread.getName gives the same object while nobody renames the thread. */
    private String name = "";
    private long namePatterns = -1;

    private long[] deferred = new long[4];
    private int deferredCount;

    /* Whether the thread is the agent's or the library's own, whose requests are not the program's. */
    final boolean own = Thread.currentThread().getName().startsWith("memkind-");

    private ThreadState() {}

    static ThreadState current() {
        return CURRENT.get();
    }

    /** The patterns that the thread's name fits, as bits. */
    @SuppressWarnings("ReferenceEquality") // a cache key: equal names that are other objects cost a match only
    long namePatterns(TargetChooser chooser) {
        String now = Thread.currentThread().getName();
        if (namePatterns == -1 || now != name) {
            name = now;
            namePatterns = chooser.threadPatternsOf(now);
        }
        return namePatterns;
    }

    /** Keeps a block to be freed when the thread has left the hook that it is in. */
    void defer(long address) {
        if (deferredCount == deferred.length) {
            deferred = Arrays.copyOf(deferred, 2 * deferredCount);
        }
        deferred[deferredCount++] = address;
    }

    /** Takes one of them; 0 if there is none. */
    long nextDeferred() {
        return deferredCount == 0 ? 0 : deferred[--deferredCount];
    }
}
