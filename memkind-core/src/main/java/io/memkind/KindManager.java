package io.memkind;

import io.memkind.internal.managed.ManagedHeap;
import io.memkind.spi.HeapManager;
import org.jspecify.annotations.Nullable;

/** The other heap manager that a kind has; its heap is opened by the first call that needs it. Thread-safe. */
final class KindManager {
    /* Written under this. */
    private volatile @Nullable ManagedHeap heap;
    private @Nullable HeapManager manager;
    private boolean closed;

    private KindManager(@Nullable HeapManager manager) {
        this.manager = manager;
    }

    /**
     * The manager of a kind that is built, found at once.
     *
     * @return null for the library's own heap
     * @throws IllegalArgumentException if there is none of that name
     * @throws KindUnavailableException if it cannot be used here
     */
    static @Nullable KindManager named(String name) {
        return HeapManagers.isOwn(name) ? null : new KindManager(HeapManagers.find(name));
    }

    /** What the process asks for, for a static kind: a mistake there fails the calls, and not the loading of a class. */
    static @Nullable KindManager ofProcess() {
        return HeapManagers.isAnotherChosen() ? new KindManager(null) : null;
    }

    /**
     * The heap of the kind.
     *
     * @throws IllegalStateException if the kind is closed
     */
    ManagedHeap heap(MemoryKind kind) {
        ManagedHeap opened = heap;
        return opened == null ? open(kind) : opened;
    }

    private synchronized ManagedHeap open(MemoryKind kind) {
        ManagedHeap opened = heap;
        if (opened != null) {
            return opened;
        }
        if (closed) {
            throw new IllegalStateException(kind.name() + " is closed");
        }
        HeapManager found = manager;
        if (found == null) {
            found = HeapManagers.ofProcess();
            manager = found;
        }
        opened = new ManagedHeap(kind.heap(), kind.sources(), found);
        heap = opened;
        return opened;
    }

    /** The heap, if a call has needed it. */
    @Nullable ManagedHeap heapIfOpen() {
        return heap;
    }

    synchronized boolean isClosed() {
        return closed;
    }

    void trim() {
        ManagedHeap opened = heap;
        if (opened != null) {
            opened.trim();
        }
    }

    /**
     * Closes the heap, and lets the memory below it be unmapped if nobody touches that any more. Else it stays for good, and
     * calls of the kind go on to come here, to be refused. Closing again does nothing.
     */
    synchronized void close(Runnable unmap) {
        if (closed) {
            return;
        }
        closed = true;
        ManagedHeap opened = heap;
        if (opened == null || opened.close()) {
            unmap.run();
            Detour.leave();
        }
    }
}
