package io.memkind;

import io.memkind.internal.extent.ExtentSources;
import io.memkind.internal.extent.FixedSource;
import io.memkind.internal.extent.NodePlaces;
import io.memkind.internal.extent.PageLocator;
import io.memkind.internal.extent.SingleSource;
import io.memkind.internal.heap.Heap;
import io.memkind.internal.heap.HeapOptions;
import io.memkind.internal.select.KindSpec;
import io.memkind.topology.Topology;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Memory with chosen attributes, and a heap over it.
 *
 * <p>A kind gives out blocks in two forms. As <b>segments</b>: {@link #allocate(long, long)} gives zeroed memory, {@link
 * #allocateUninitialized(long, long)} memory of unspecified content, {@link #free(MemorySegment)} ends their life, which is
 * not caught: their scope is the global one, and that of a kind which can be closed ends with the kind. As <b>addresses</b>, for code that manages
 * offsets itself: {@link #malloc}, {@link #calloc}, {@link #realloc}, {@link #memalign}, {@link #free(long)}, with the
 * semantics of malloc(3) but for the failures. Memory whose life the JVM guards comes from the {@linkplain
 * #confinedArena arenas}.
 *
 * <table class="striped">
 *   <caption>Arenas over a kind</caption>
 *   <thead><tr><th scope="col">arena</th><th scope="col">threads</th><th scope="col">closed by</th>
 *       <th scope="col">an access after close</th><th scope="col">cost of close</th></tr></thead>
 *   <tbody>
 *     <tr><th scope="row">{@link #confinedArena}</th><td>one</td><td>its thread</td><td>fails</td>
 *         <td>nanoseconds</td></tr>
 *     <tr><th scope="row">{@link #sharedArena}</th><td>all</td><td>any thread</td><td>fails</td>
 *         <td>tens of microseconds: a handshake with all threads</td></tr>
 *     <tr><th scope="row">{@link #deferredArena}</th><td>all</td><td>any thread</td>
 *         <td>fails, or sees the arena's own old bytes</td><td>below a microsecond, amortised</td></tr>
 *     <tr><th scope="row">{@link #autoArena}</th><td>all</td><td>the garbage collector</td><td>cannot happen</td>
 *         <td>none</td></tr>
 *   </tbody>
 * </table>
 *
 * <p><b>Sizes and alignment.</b> Blocks come in size classes, four to a doubling; {@link #usableSize} tells the size of
 * one. They are aligned to 16 bytes, those of up to 8 bytes to 8, unless more is asked for. Sizes are in bytes; all rules
 * for odd arguments are in the {@linkplain io.memkind package description}.
 *
 * <p><b>Checks.</b> Every free, resize and size query of an address that is not the start of a live block of this kind
 * fails with {@link InvalidAddressException}. The records that tell are outside the managed memory, so a stray write
 * cannot damage them. Of two frees of a block at the very same instant, by its allocating thread and another, the second
 * may pass unnoticed; the block is freed once all the same.
 *
 * <p><b>Thread-safety.</b> All methods may be called from any thread, platform or virtual, at any time; blocks may be freed
 * by another thread than the one that allocated them, also after that thread's death. What one thread wrote to a block is
 * visible to another that got the address or segment by a safe publication.
 *
 * <p><b>Memory goes back</b> to the system when it has been free for the decay time, 10 seconds unless built otherwise, or
 * at once by {@link #trim}.
 *
 * @see Kinds
 */
public final class MemoryKind implements SegmentAllocator, AddressAllocator, AutoCloseable {
    private static final MemorySegment.Scope GLOBAL = Arena.global().scope();

    private final String name;
    private final KindMemory memory;
    private final HeapOptions options;
    private final boolean closeable;
    private final Heap heap;
    private final ExtentSources sources;
    /* Null if the heap gives out the blocks itself. */
    private final @Nullable KindManager manager;
    /* The caller's memory that the kind is over, or null. */
    private final @Nullable FixedSource fixed;
    /* Null if the kind cannot be closed, or the memory is the caller's. */
    private final @Nullable KindScope scope;
    private final OpenArenas openArenas = new OpenArenas();
    private final RecentReport recentReport = new RecentReport();
    private final DeferredScopes deferredScopes = new DeferredScopes(this);

    /** A static kind. */
    MemoryKind(KindSpec spec) {
        this(new NodeMemory(spec), spec.name(), HeapOptions.DEFAULT, false, KindManager.ofProcess());
    }

    private MemoryKind(
            KindMemory memory, String name, HeapOptions options, boolean closeable, @Nullable KindManager manager) {
        this.name = name;
        this.memory = memory;
        this.options = options;
        this.closeable = closeable;
        this.sources = memory.sources(options.limitBytes());
        this.fixed =
                sources instanceof SingleSource single && single.source() instanceof FixedSource source ? source : null;
        this.heap = new Heap(sources, options);
        this.scope = closeable && fixed == null ? new KindScope() : null;
        this.manager = manager;
        if (manager != null) {
            Detour.enter();
        }
        KindRegistry.add(heap, this);
        if (fixed != null) {
            fixed.onLoss(heap::close);
        }
    }

    static MemoryKind build(KindMemory memory, String name, HeapOptions options) {
        return build(memory, name, options, null);
    }

    static MemoryKind build(KindMemory memory, String name, HeapOptions options, @Nullable KindManager manager) {
        return new MemoryKind(memory, name, options, true, manager);
    }

    KindMemory memory() {
        return memory;
    }

    boolean isCloseable() {
        return closeable;
    }

    boolean isClosed() {
        return manager == null ? heap.isClosed() : manager.isClosed();
    }

    OpenArenas openArenas() {
        return openArenas;
    }

    /* Before anything that may touch memory, or gives out an address of it. */
    void requireMemory() {
        if (fixed != null) {
            KindErrors.requireUsable(this, fixed);
        }
    }

    /* Fills a new segment of an arena over this kind. */
    MemorySegment zero(MemorySegment segment) {
        if (fixed == null) {
            return segment.fill((byte) 0);
        }
        fixed.zero(segment.address(), segment.byteSize());
        return segment;
    }

    /**
     * Begins a kind of its own over the same memory as {@code base}: a private heap with its own limit and decay, whose
     * memory goes back as a whole when it is closed.
     *
     * @param base the kind whose nodes and pages the new one has
     * @return a builder without a limit, with the default decay
     */
    public static KindBuilder builder(MemoryKind base) {
        return new KindBuilder(base);
    }

    /**
     * The kind's name.
     *
     * @return for a static kind, the C library's constant in lower case where it has one, such as {@code memkind_regular}
     */
    public String name() {
        return name;
    }

    /**
     * Whether this machine can serve the kind now. Read anew each time, since pools and modes change; takes about a
     * millisecond.
     *
     * @return the answer, with reason and remedy if it is no
     */
    public Availability availability() {
        return report().availability();
    }

    /**
     * What the kind is on this machine: nodes, policy, pages, capacity. Read anew each time; takes about a millisecond. The
     * nodes are those that the kind would choose now; it chose its own when it first gave memory, see {@link #reevaluate}.
     *
     * @return the answer
     */
    public KindReport report() {
        return memory.report(name);
    }

    /**
     * What the kind would be on another machine, or in another environment.
     *
     * @param topology the machine
     * @param environment variables and properties, as {@link io.memkind.settings.Settings#ofProcess} has them, of which {@code
     *     MEMKIND_HBW_NODES}, {@code MEMKIND_HBW_THRESHOLD} and {@code MEMKIND_DAX_KMEM_NODES} count
     * @return the answer
     */
    public KindReport report(Topology topology, Map<String, String> environment) {
        return memory.report(name, topology, environment);
    }

    /**
     * Chooses the kind's nodes anew when memory is next needed: after nodes have come or gone, or what may be used of them
     * has changed. Memory that is in use, or that threads have at hand, stays where it is. Does nothing for a kind that is
     * not bound to nodes.
     */
    public void reevaluate() {
        if (sources instanceof NodePlaces places) {
            places.forget();
            heap.findPlacesAnew();
        }
    }

    /**
     * The most that the kind could ever hold: all memory of its nodes, or all pages of its pool, in use or not, or its limit
     * if that is less.
     *
     * @return the capacity in bytes; empty if the system does not tell
     */
    public OptionalLong capacityBytes() {
        OptionalLong all = report().capacityBytes();
        return all.isPresent() && all.getAsLong() < options.limitBytes()
                ? all
                : limitBytes().isPresent() ? limitBytes() : all;
    }

    /** {@return the limit in bytes that {@link KindBuilder#limitBytes} gave; empty if there is none} */
    public OptionalLong limitBytes() {
        return options.limitBytes() == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(options.limitBytes());
    }

    /** {@return the size in bytes of the pages that the kind is made of, or hopes for: 2 MiB for transparent huge pages} */
    public long pageByteSize() {
        return memory.pageByteSize();
    }

    /**
     * Allocates a segment of zeroed memory, to be given back by {@link #free(MemorySegment)}.
     *
     * @param byteSize size in bytes
     * @param byteAlignment alignment in bytes, a power of two
     * @return a segment of exactly {@code byteSize} bytes, accessible until the kind is closed, disjoint from all live blocks
     * @throws IllegalArgumentException if the size is negative or the alignment not a positive power of two
     * @throws KindExhaustedException if there is no memory
     * @throws IllegalStateException if the kind is closed
     */
    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        return segment(
                Detour.isTaken()
                        ? DetourCalls.zeroed(this, byteSize, byteAlignment)
                        : OwnCalls.zeroed(this, byteSize, byteAlignment),
                byteSize);
    }

    /**
     * As {@link #allocate(long, long)}, but the content is unspecified: it may be what an earlier block of this process held.
     *
     * @param byteSize size in bytes
     * @param byteAlignment alignment in bytes, a power of two
     * @return a segment of exactly {@code byteSize} bytes, accessible until the kind is closed
     * @throws IllegalArgumentException if the size is negative or the alignment not a positive power of two
     * @throws KindExhaustedException if there is no memory
     * @throws IllegalStateException if the kind is closed
     */
    public MemorySegment allocateUninitialized(long byteSize, long byteAlignment) {
        return segment(
                Detour.isTaken()
                        ? DetourCalls.memalign(this, byteAlignment, byteSize, true)
                        : OwnCalls.memalign(this, byteAlignment, byteSize),
                byteSize);
    }

    /**
     * As {@link #allocateUninitialized(long, long)} with the alignment of {@link #malloc}.
     *
     * @param byteSize size in bytes
     * @return a segment of exactly {@code byteSize} bytes, accessible until the kind is closed
     * @throws IllegalArgumentException if the size is negative
     * @throws KindExhaustedException if there is no memory
     * @throws IllegalStateException if the kind is closed
     */
    public MemorySegment allocateUninitialized(long byteSize) {
        return segment(
                Detour.isTaken() ? DetourCalls.malloc(this, byteSize, true) : OwnCalls.malloc(this, byteSize),
                byteSize);
    }

    @SuppressWarnings("restricted")
    private MemorySegment segment(long address, long byteSize) {
        if (fixed != null) {
            return fixed.slice(address, byteSize);
        }
        if (scope != null) {
            return scope.segment(address, byteSize);
        }
        return MemorySegment.ofAddress(address).reinterpret(byteSize);
    }

    /**
     * Frees a segment that this kind allocated. All slices and copies of it dangle from now on.
     *
     * @param segment one that an {@code allocate} method of this kind returned, not a slice that starts or ends elsewhere
     * @throws InvalidAddressException if no live block of this kind starts where the segment does, or the block is smaller
     *     than the segment, or the segment belongs to an arena
     */
    public void free(MemorySegment segment) {
        boolean ofKind = GLOBAL.equals(segment.scope())
                || (scope != null && scope.isOf(segment))
                || (fixed != null && fixed.segment().scope().equals(segment.scope()));
        if (!segment.isNative() || !ofKind) {
            throw KindErrors.notOfKind(this, segment);
        }
        free(segment.address(), segment.byteSize(), true);
    }

    @Override
    public long malloc(long byteSize) {
        return Detour.isTaken() ? DetourCalls.malloc(this, byteSize, false) : OwnCalls.malloc(this, byteSize);
    }

    @Override
    public long calloc(long count, long byteSize) {
        return Detour.isTaken() ? DetourCalls.calloc(this, count, byteSize) : OwnCalls.calloc(this, count, byteSize);
    }

    @Override
    public long realloc(long address, long byteSize) {
        return Detour.isTaken()
                ? DetourCalls.realloc(this, address, byteSize)
                : OwnCalls.realloc(this, address, byteSize);
    }

    @Override
    public long memalign(long byteAlignment, long byteSize) {
        return Detour.isTaken()
                ? DetourCalls.memalign(this, byteAlignment, byteSize, false)
                : OwnCalls.memalign(this, byteAlignment, byteSize);
    }

    @Override
    public void free(long address) {
        if (Detour.isTaken()) {
            DetourCalls.free(this, address, 0, false);
        } else {
            OwnCalls.free(this, address);
        }
    }

    @Override
    public void free(long address, long byteSize) {
        free(address, byteSize, false);
    }

    private void free(long address, long byteSize, boolean ofSegment) {
        if (Detour.isTaken()) {
            DetourCalls.free(this, address, byteSize, ofSegment);
        } else {
            ManagedCalls.free(this, address, byteSize);
        }
    }

    @Override
    public long usableSize(long address) {
        return manager == null ? OwnCalls.usableSize(this, address) : ManagedCalls.usableSize(this, address);
    }

    /**
     * An arena for one thread, over blocks of this kind, with all that {@link Arena#ofConfined} promises: zeroed memory,
     * an access or allocation by another thread fails, as does one after close, and close frees everything.
     *
     * @return a new arena, owned by the calling thread
     */
    public Arena confinedArena() {
        return new ConfinedArena(this);
    }

    /**
     * An arena for all threads, over blocks of this kind, with all that {@link Arena#ofShared} promises: zeroed memory, an
     * access or allocation after close fails, and close frees everything. As there, closing takes tens of microseconds.
     *
     * @return a new arena
     */
    public Arena sharedArena() {
        return new SharedArena(this);
    }

    /**
     * An arena for all threads that is cheap to close, in exchange for one promise of {@link Arena#ofShared}.
     *
     * <p>Many such arenas share one scope of the JVM. Closing one keeps its blocks in quarantine; when all arenas of the
     * scope are closed, the scope is closed, once for all of them, and only then are the blocks freed.
     *
     * <p><b>What is given up:</b> between {@code close} and the end of the scope, an access to a segment of the arena does
     * not fail: it reads or writes the arena's own dead bytes. It never meets memory of another owner, and {@code
     * scope().isAlive()} stays true. Allocating from the closed arena, or closing it again, fails at once.
     *
     * <p><b>What it costs:</b> quarantined memory. A scope takes up to 256 arenas; where more than 64 MiB of a kind are in
     * quarantine, because an arena of a scope stays open, further arenas get a scope of their own and close as {@link
     * #sharedArena} does. {@link #trim} ends every scope that it can.
     *
     * @return a new arena
     */
    public Arena deferredArena() {
        return deferredScopes.open();
    }

    /**
     * An arena for all threads that is closed by the garbage collector when it and all its segments are unreachable, as
     * {@link Arena#ofAuto}; {@code close} fails. Zeroed memory.
     *
     * @return a new arena
     */
    public Arena autoArena() {
        return new AutoArena(this);
    }

    /**
     * Finds the kind that owns an address.
     *
     * @param address any address: the start of a block, or a byte inside one
     * @return the kind in one of whose live blocks the address lies; empty if there is none
     */
    public static Optional<MemoryKind> detect(long address) {
        return KindRegistry.detect(address);
    }

    /**
     * Whether an address can be the start of a live block of this kind: a cheap first test, for those who meet addresses of
     * several allocators. It looks at the page only; {@link #free} and {@link #usableSize} look at the block.
     *
     * @param address any number
     * @return false if no live block of this kind starts at the address; true if one may
     */
    public boolean ownsPageOf(long address) {
        return Heap.ofPage(address) == heap;
    }

    /**
     * Gives all memory of the kind that holds no live block back to the system, at once. Looks into what other threads keep
     * for reuse, too. Does nothing for a kind that {@linkplain KindBuilder#hogMemory hogs} its memory.
     */
    public void trim() {
        deferredScopes.retireClosed();
        if (manager != null) {
            manager.trim();
        }
        heap.trim();
    }

    /**
     * What the heap holds now. Walks it: takes about a microsecond for each MiB that is mapped.
     *
     * @return the counts, which later allocations do not change
     */
    public KindStatistics statistics() {
        return StatisticsReader.read(this);
    }

    /** {@return the bytes of this kind that are backed by memory now, as mincore(2) says} */
    public long residentBytes() {
        return heap.residentBytes();
    }

    /**
     * Bytes of this kind that are in transparent huge pages now: {@code AnonHugePages} of /proc/self/smaps, summed over the
     * kind's mappings. Takes milliseconds.
     *
     * @return the size in bytes
     */
    public long transparentHugeBytes() {
        return PageLocator.transparentHugeBytes(heap.mappedRanges());
    }

    /**
     * Where the pages of a segment really are.
     *
     * @param segment a native segment, of this kind or any other memory
     * @return what the kernel says
     * @throws IllegalArgumentException if the segment is on the Java heap
     */
    public Placement placementOf(MemorySegment segment) {
        return PlacementReader.read(segment);
    }

    /**
     * Whether the pages of a segment are where memory of this kind has to be: {@code hbw_verify_memory_region} of the C
     * library, for any kind. Pages that nobody has touched yet are nowhere; they are counted, but are no breach.
     *
     * @param segment a native segment: of this kind, or any other memory that is to be judged by the kind's nodes
     * @return what the kernel says, beside what the kind asks for
     * @throws IllegalArgumentException if the segment is on the Java heap
     */
    public PlacementCheck verify(MemorySegment segment) {
        Placement placement = PlacementReader.read(segment);
        KindReport report = report();
        int place = heap.placeOf(segment.address());
        boolean ofPlace = place >= 0 && sources instanceof NodePlaces;
        return PlacementCheck.of(
                placement, segment, ofPlace ? ((NodePlaces) sources).nodesOf(place) : report.nodes(), report);
    }

    /**
     * Closes a kind that was built: all its memory goes back, live blocks included, and every later call fails. Methods of
     * the kind that other threads are inside finish first, or fail. Closing again does nothing.
     *
     * <p>Segments of the {@code allocate} methods are closed as those of {@link Arena#ofShared} are: a later access fails.
     * Arenas over the kind should be closed before. The segments of one that is not stay accessible until it is, with
     * unspecified content; their memory goes back all the same, but their addresses are never used again. Of addresses the
     * caller vouches that nobody touches what is there any more. A fixed kind leaves the memory to its owner.
     *
     * @throws UnsupportedOperationException if the kind is static
     * @throws IllegalStateException if a segment is in a system call or other native call of another thread; the kind is as
     *     open as it was
     */
    @Override
    public void close() {
        if (!closeable) {
            throw new UnsupportedOperationException(name + " is a static kind and lives as long as the process");
        }
        if (scope != null) {
            scope.end(this);
        }
        if (!isClosed()) {
            deferredScopes.retireClosed();
        }
        KindRegistry.remove(heap);
        if (manager == null) {
            heap.close(openArenas::any);
        } else {
            manager.close(() -> heap.close(openArenas::any));
        }
    }

    Heap heap() {
        return heap;
    }

    ExtentSources sources() {
        return sources;
    }

    @Nullable KindManager manager() {
        return manager;
    }

    RecentReport recentReport() {
        return recentReport;
    }

    @Override
    public String toString() {
        return name;
    }
}
