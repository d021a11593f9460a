package io.memkind;

import io.memkind.internal.heap.HeapOptions;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Builds a kind of its own over the memory of another: a private heap, to be {@linkplain MemoryKind#close closed} when it
 * is no longer needed. Not thread-safe.
 */
public final class KindBuilder {
    private static final long MIN_LIMIT_BYTES = 1L << 20;

    private static final Duration MAX_DECAY = Duration.ofDays(36_525);

    private final MemoryKind base;
    private String name;
    private long limitBytes = HeapOptions.DEFAULT.limitBytes();
    private Duration decay = HeapOptions.DEFAULT.decay();
    private @Nullable Boolean hogMemory;
    private @Nullable KindManager manager;

    KindBuilder(MemoryKind base) {
        this.base = base;
        this.name = base.name();
    }

    /**
     * Names the kind in messages and statistics; by default it has the name of the kind it is built on.
     *
     * @param name any text that is not blank
     * @return this builder
     * @throws IllegalArgumentException if the name is blank
     */
    public KindBuilder name(String name) {
        Requests.checkName(name);
        this.name = name;
        return this;
    }

    /**
     * The most memory that the kind may hold: live blocks, the free blocks beside them in slabs, and freed memory that has
     * not gone back yet, which goes back before the limit refuses a request. No limit by default.
     *
     * @param limitBytes at least 1 MiB, and at least one page of the kind; counted in whole pages
     * @return this builder
     * @throws IllegalArgumentException if it is less
     */
    public KindBuilder limitBytes(long limitBytes) {
        checkLimit(limitBytes, base.pageByteSize(), base.name());
        this.limitBytes = limitBytes;
        return this;
    }

    /**
     * How long freed memory may stay before all of it has gone back: along a curve, see {@code opt.dirty_decay_ms} in
     * jemalloc(3). 10 seconds by default. With zero it goes back as soon as it is free, which makes every free of a large
     * block a system call.
     *
     * @param decay zero to 100 years
     * @return this builder
     * @throws IllegalArgumentException if it is negative, or longer than 100 years
     */
    public KindBuilder decay(Duration decay) {
        checkDecay(decay);
        this.decay = decay;
        return this;
    }

    /**
     * Whether the kind keeps all memory until it is closed. By default as {@code MEMKIND_HOG_MEMORY} says, see {@link
     * io.memkind.settings.Settings#HOG_MEMORY}: no.
     *
     * @param hogMemory true to keep it
     * @return this builder
     */
    public KindBuilder hogMemory(boolean hogMemory) {
        this.hogMemory = hogMemory;
        return this;
    }

    /**
     * Who manages the memory of the kind: the library's own heap by default ({@code memkind}), or a {@link
     * io.memkind.spi.HeapManager} that is on the module path or class path, such as {@code TBB}. Not for {@linkplain
     * FixedKinds fixed kinds}: another manager may touch its memory when the caller has ended that.
     *
     * @param name of the manager, in any case
     * @return this builder
     * @throws IllegalArgumentException if there is none of that name, or the memory is the caller's
     * @throws KindUnavailableException if it cannot be used on this machine
     */
    public KindBuilder heapManager(String name) {
        KindManager named = KindManager.named(name);
        if (named != null && base.memory() instanceof FixedMemory) {
            throw new IllegalArgumentException("the heap manager " + name + " cannot manage " + base.name()
                    + ", whose memory is the caller's; use the library's own, memkind");
        }
        this.manager = named;
        return this;
    }

    static void checkLimit(long limitBytes, long pageByteSize, String name) {
        long least = Math.max(MIN_LIMIT_BYTES, pageByteSize);
        if (limitBytes < least) {
            throw new IllegalArgumentException(
                    "limit " + limitBytes + " is below the least one of " + name + ", " + least + " bytes");
        }
    }

    static void checkDecay(Duration decay) {
        if (decay.isNegative() || decay.compareTo(MAX_DECAY) > 0) {
            throw new IllegalArgumentException("decay " + decay + " is negative, or longer than " + MAX_DECAY);
        }
    }

    /**
     * Builds the kind. Takes no memory yet, and so succeeds whether the kind is available or not.
     *
     * @return a new kind, to be closed by the caller
     * @throws io.memkind.settings.SettingException if a setting that concerns the kind has a bad value
     */
    public MemoryKind build() {
        HeapOptions options = new HeapOptions(limitBytes, decay, KindDefaults.hogMemory(hogMemory));
        return MemoryKind.build(base.memory().forBuiltKinds(), name, options, manager);
    }
}
