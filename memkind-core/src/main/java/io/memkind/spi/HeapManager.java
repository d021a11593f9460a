package io.memkind.spi;

import java.util.Optional;

/**
 * A heap manager that kinds can have instead of the library's own: a service, found by {@link java.util.ServiceLoader}.
 * Implementations are thread-safe and have a public constructor without parameters that loads nothing.
 */
public interface HeapManager {
    /** {@return the name by which it is chosen, in any case: not {@code memkind} or {@code jemalloc}} */
    String name();

    /**
     * Whether the manager can be used on this machine. Asked before {@link #open}.
     *
     * @return why it cannot be used, and what to do about it, such as a package to install; empty if it can
     */
    Optional<String> refusal();

    /**
     * Whether the manager keeps a state for each thread of the operating system, so that only platform threads should call
     * its heaps. The library then hands what virtual threads ask for to platform threads that never end.
     *
     * @return true if virtual threads must not call it
     */
    boolean bindsToThreads();

    /**
     * Opens a heap for one kind. Takes no memory yet.
     *
     * @param supply gives memory of the kind, until the heap is closed
     * @return the heap
     */
    BlockHeap open(ExtentSupply supply);
}
