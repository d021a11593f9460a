package io.memkind.agent.internal.redirect;

import io.memkind.InvalidAddressException;
import io.memkind.agent.internal.hook.MemoryHooks;
import io.memkind.agent.policy.AllocationPolicy;
import io.memkind.agent.policy.FailureAction;
import java.lang.foreign.MemorySegment;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves the JVM's requests for memory from the targets of a policy. Thread-safe.
 *
 * <p>A block belongs to the target whose kind owns its page, for ever: it is freed and resized there, whatever the policy says by then and
 * whether redirecting is on. All other addresses are the JVM's.
 */
public final class Redirector implements MemoryHooks {
    /* malloc(3) aligns all blocks to 16 bytes, and the JDK relies on it; kinds align those of up to 8 bytes to 8 only. */
    private static final long LEAST_BYTES = 16;

    /* More than any kind can address: the JDK's own error is the answer, and such a number would spoil the counts. */
    private static final long MOST_BYTES = 1L << 47;

    private final TargetChooser chooser;
    private final RedirectTarget[] targets;
    private final FailureAction onFailure;
    private final JvmMemory jvm;
    private final Consumer<String> log;
    private final RequestCounter jvmRequests = new RequestCounter();
    private final LongAdder refusedFrees = new LongAdder();
    private final AtomicBoolean refusalTold = new AtomicBoolean();
    private volatile boolean enabled;
    private volatile @Nullable BlockObserver observer;
    private volatile @Nullable Consumer<String> trace;

    /**
     * A redirector that is off.
     *
     * @param policy the policy
     * @param targets its open targets by name; what is missing is the JVM's
     * @param jvm the JVM's own allocator
     * @param log takes warnings, a line each
     */
    public Redirector(
            AllocationPolicy policy, Map<String, RedirectTarget> targets, JvmMemory jvm, Consumer<String> log) {
        this.chooser = new TargetChooser(policy, targets);
        this.targets = targets.values().toArray(RedirectTarget[]::new);
        this.onFailure = policy.onFailure();
        this.jvm = jvm;
        this.log = log;
    }

    /**
     * Switches redirecting of new requests on or off.
     *
     * @param on true for on
     */
    public void enable(boolean on) {
        enabled = on;
    }

    /**
     * Whether new requests are redirected.
     *
     * @return true if they are
     */
    public boolean isEnabled() {
        return enabled;
    }

    /**
     * Tells somebody of blocks from now on.
     *
     * @param blockObserver who is told
     */
    public void observe(BlockObserver blockObserver) {
        observer = blockObserver;
    }

    /**
     * Has a line written for each request that is redirected.
     *
     * @param lines takes them
     */
    public void trace(Consumer<String> lines) {
        trace = lines;
    }

    /**
     * The open targets.
     *
     * @return in the order of the policy
     */
    public List<RedirectTarget> targets() {
        return List.of(targets);
    }

    /**
     * The requests that the JVM served itself: because of the policy, because redirecting was off, or after a failure.
     *
     * @return the counter, which goes on counting
     */
    public RequestCounter jvmRequests() {
        return jvmRequests;
    }

    /**
     * How many frees of blocks that were not live the targets have refused.
     *
     * @return their number
     */
    public long refusedFrees() {
        return refusedFrees.sum();
    }

    @Override
    public long allocate(long byteSize) {
        if (byteSize <= 0 || byteSize > MOST_BYTES) {
            return 0;
        }
        ThreadState state = ThreadState.current();
        if (state.inside || state.own) {
            return 0;
        }
        if (!enabled) {
            jvmRequests.add(byteSize);
            return 0;
        }
        state.inside = true;
        try {
            return serve(byteSize, state);
        } finally {
            leave(state);
        }
    }

    private long serve(long byteSize, ThreadState state) {
        RedirectTarget target = chooser.choose(byteSize, state);
        if (target == null) {
            jvmRequests.add(byteSize);
            return 0;
        }
        long address;
        try {
            address = target.allocator().malloc(Math.max(byteSize, LEAST_BYTES));
        } catch (RuntimeException | Error e) {
            failed(target, byteSize, e);
            jvmRequests.add(byteSize);
            return 0;
        }
        served(target, address, byteSize, state);
        return address;
    }

    private void served(RedirectTarget target, long address, long byteSize, ThreadState state) {
        target.served.add(byteSize);
        BlockObserver told = observer;
        if (told != null) {
            sample(told, address, byteSize, state);
        }
        Consumer<String> lines = trace;
        if (lines != null) {
            lines.accept("In my memkind malloc: " + byteSize + " bytes on " + target.name() + " at 0x"
                    + Long.toHexString(address));
        }
    }

    private static void sample(BlockObserver told, long address, long byteSize, ThreadState state) {
        if (state.bytesToSample < 0) {
            state.bytesToSample = told.nextGap();
        }
        state.bytesToSample -= byteSize;
        if (state.bytesToSample < 0) {
            told.sampled(address, byteSize);
        }
    }

    /* Returns if the JVM is to serve the request. */
    private void failed(RedirectTarget target, long byteSize, Throwable cause) {
        target.failures.increment();
        if (onFailure == FailureAction.THROW) {
            OutOfMemoryError error = new OutOfMemoryError(
                    target.name() + " has no memory for " + byteSize + " bytes: " + cause.getMessage());
            error.initCause(cause);
            throw error;
        }
        if (target.failureTold.compareAndSet(false, true)) {
            log.accept(target.name()
                    + " has failed a request, which goes to the JVM's own memory, as will others without a line: "
                    + cause);
        }
    }

    private @Nullable RedirectTarget owner(long address) {
        for (RedirectTarget target : targets) {
            if (target.ownsPageOf(address)) {
                return target;
            }
        }
        return null;
    }

    @Override
    public boolean owns(long address) {
        return owner(address) != null;
    }

    @Override
    public boolean free(long address) {
        RedirectTarget target = owner(address);
        if (target == null) {
            return false;
        }
        ThreadState state = ThreadState.current();
        if (state.inside) {
            state.defer(address);
            return true;
        }
        state.inside = true;
        try {
            free(target, address);
        } finally {
            leave(state);
        }
        return true;
    }

    /* Throws nothing. */
    private void free(RedirectTarget target, long address) {
        try {
            BlockObserver told = observer;
            if (told != null) {
                told.freeing(address);
            }
            target.allocator().free(address);
        } catch (InvalidAddressException e) {
            refusedFrees.increment();
            if (refusalTold.compareAndSet(false, true)) {
                log.accept("the program frees what is no live block: " + e.getMessage());
            }
        } catch (RuntimeException | Error e) {
            refusedFrees.increment();
            if (refusalTold.compareAndSet(false, true)) {
                log.accept("a block cannot be freed: " + e);
            }
        }
    }

    private void leave(ThreadState state) {
        long deferred = state.nextDeferred();
        while (deferred != 0) {
            RedirectTarget target = owner(deferred);
            if (target != null) {
                free(target, deferred);
            }
            deferred = state.nextDeferred();
        }
        state.inside = false;
    }

    @Override
    public long reallocate(long address, long byteSize) {
        if (byteSize <= 0) {
            return DECLINED; // the JDK refuses or frees, by the other hook
        }
        if (address == 0) {
            long block = allocate(byteSize);
            return block == 0 ? DECLINED : block;
        }
        RedirectTarget target = owner(address);
        if (target == null) {
            return DECLINED;
        }
        ThreadState state = ThreadState.current();
        if (state.inside) {
            throw new OutOfMemoryError(
                    "a block cannot be resized while " + target.name() + " is at work for this thread");
        }
        state.inside = true;
        try {
            return resize(target, address, byteSize, state);
        } finally {
            leave(state);
        }
    }

    private long resize(RedirectTarget target, long address, long byteSize, ThreadState state) {
        BlockObserver told = observer;
        if (told != null) {
            told.freeing(address);
        }
        long moved;
        try {
            moved = target.allocator().realloc(address, Math.max(byteSize, LEAST_BYTES));
        } catch (InvalidAddressException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            failed(target, byteSize, e);
            return moveToJvm(target, address, byteSize);
        }
        served(target, moved, byteSize, state);
        return moved;
    }

    @SuppressWarnings("restricted")
    private long moveToJvm(RedirectTarget target, long address, long byteSize) {
        long content = Math.min(target.allocator().usableSize(address), byteSize);
        long moved = jvm.allocate(byteSize);
        MemorySegment.copy(
                MemorySegment.ofAddress(address).reinterpret(content),
                0,
                MemorySegment.ofAddress(moved).reinterpret(content),
                0,
                content);
        jvmRequests.add(byteSize);
        free(target, address);
        return moved;
    }

    @Override
    public long usableSize(long address) {
        RedirectTarget target = owner(address);
        return target == null ? 0 : target.allocator().usableSize(address);
    }
}
