package io.memkind;

import java.lang.foreign.Arena;
import java.util.concurrent.atomic.AtomicLong;

/**
 * One of several references to a kind or an arena, which is closed with the last of them: what copies of the C library's
 * allocators are to their kind. Thread-safe.
 *
 * <p>Where the last cannot be closed, because the kind or arena cannot be at that moment or by that thread, it stays open.
 *
 * @param <T> {@link MemoryKind} or {@link Arena}
 */
public final class SharedReference<T> implements AutoCloseable {
    private static final class Target<T> {
        final T value;
        final Runnable closing;
        final AtomicLong openReferences = new AtomicLong(1);

        Target(T value, Runnable closing) {
            this.value = value;
            this.closing = closing;
        }
    }

    private final Target<T> target;
    /* Guarded by this. */
    private boolean closed;

    private SharedReference(Target<T> target) {
        this.target = target;
    }

    /**
     * The first reference to a kind, which from now on nobody should close directly. A static kind stays open when the last
     * reference is closed.
     *
     * @param kind a kind
     * @return the reference, to be closed by the caller
     */
    public static SharedReference<MemoryKind> to(MemoryKind kind) {
        boolean isStatic = Kinds.all().contains(kind);
        return new SharedReference<>(new Target<>(kind, isStatic ? () -> {} : kind::close));
    }

    /**
     * The first reference to an arena, which from now on nobody should close directly. If only one thread may close it, that
     * thread is to close the last reference.
     *
     * @param arena an arena that can be closed
     * @return the reference, to be closed by the caller
     */
    public static SharedReference<Arena> to(Arena arena) {
        arena.scope();
        return new SharedReference<>(new Target<>(arena, arena::close));
    }

    /**
     * What is referred to.
     *
     * @return the kind or arena, open as long as this reference is
     * @throws IllegalStateException if this reference is closed
     */
    public synchronized T get() {
        requireOpen();
        return target.value;
    }

    /**
     * Makes one more reference to the same.
     *
     * @return the new reference, to be closed by the caller
     * @throws IllegalStateException if this reference is closed
     */
    public synchronized SharedReference<T> retain() {
        requireOpen();
        /* Never from 0: this reference is open. */
        target.openReferences.incrementAndGet();
        return new SharedReference<>(target);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("this reference to " + target.value + " is closed");
        }
    }

    /**
     * Whether both refer to the same kind or arena.
     *
     * @param other another reference
     * @return true if so, open or not
     */
    public boolean refersToSameAs(SharedReference<?> other) {
        return target.value == other.target.value;
    }

    /** {@return the number of references that are open now} */
    public long openReferences() {
        return target.openReferences.get();
    }

    /**
     * Closes this reference, and with the last one the kind or arena. Closing again does nothing.
     *
     * @throws IllegalStateException if the kind or arena cannot be closed, because memory of it is in a native call of
     *     another thread; the reference is as open as it was
     * @throws WrongThreadException if only another thread may close the arena; the reference is as open as it was
     */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        if (target.openReferences.decrementAndGet() == 0) {
            try {
                target.closing.run();
            } catch (RuntimeException e) {
                /* No other reference is open, and no new one can be made but from this, whose lock is held. */
                target.openReferences.incrementAndGet();
                throw e;
            }
        }
        closed = true;
    }
}
