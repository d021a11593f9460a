package io.memkind.tier;

import io.memkind.AddressAllocator;
import io.memkind.InvalidAddressException;
import io.memkind.KindExhaustedException;
import io.memkind.MemoryKind;
import io.memkind.internal.jfr.Migrations;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SegmentAllocator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One allocator over several kinds of memory, its tiers. A {@link TierPolicy} picks the tier of each new block, by the bytes
 * that are live in the tiers or by the size of the request. What {@code memtier_memory} of the C library was.
 *
 * <p>Blocks come as segments ({@link #allocate(long, long)}, {@link #allocateUninitialized(long, long)}), as addresses ({@link
 * #malloc}, {@link #calloc}, {@link #realloc}, {@link #memalign}) or through arenas, with the rules of {@link MemoryKind} for
 * sizes, alignment, zeroing and odd arguments. They are freed here, not in the kind: a block that is freed in its kind stays
 * counted until this memory gets the same address again.
 *
 * <p><b>What is counted</b> is the size asked for, count × size for {@code calloc}, of the blocks that this memory has
 * allocated and not freed. Other users of the same kinds, a second tiered memory among them, are not counted. A call that fails
 * leaves the counts as they were. Reading them changes nothing. When no other thread is inside a call they are exact. Threads count in
 * cells, as many as there are processors and at most 64, which keep up to 32 KiB each before they add to the total. A read while
 * n other threads are inside calls is off by 64 KiB a cell at most (8192 blocks), and 32 KiB (4096 blocks) and the block in hand
 * for each of the n. The policy sees, for each tier, the total and the thread's own cell; the other cells hold no more than 1/32
 * of it while a tier grows from nothing: one thread alone has the ratio from its first block on. The sizes are kept outside the blocks, which costs 1/16 of the memory
 * that small blocks take, and next to nothing for blocks above 64 KiB.
 *
 * <p><b>Thread-safety.</b> All methods may be called from any thread, at any time. Of two frees of one block, one throws.
 *
 * <p><b>The kinds</b> stay the caller's, and are used by others as before. They are to be closed after this memory.
 *
 * @see #builder
 */
public final class TieredMemory implements SegmentAllocator, AddressAllocator, AutoCloseable {
    private static final List<TieredMemory> OPEN = new CopyOnWriteArrayList<>();

    private final String name;
    private final TierPolicy policy;
    private final TierExhaustion exhaustion;
    private final Tier[] tiers;
    private final TierChooser chooser;
    private final TierBlocks blocks;

    TieredMemory(String name, TierPolicy policy, TierExhaustion exhaustion, Tier[] tiers, TierChooser chooser) {
        this.name = name;
        this.policy = policy;
        this.exhaustion = exhaustion;
        this.tiers = tiers;
        this.chooser = chooser;
        this.blocks = new TierBlocks(name, tiers, new BlockRecords());
        OPEN.add(this);
    }

    /**
     * Begins a tiered memory.
     *
     * @param policy how it picks tiers
     * @return a builder without tiers
     */
    public static TierBuilder builder(TierPolicy policy) {
        return new TierBuilder(policy);
    }

    /**
     * Finds the tiered memory that a block belongs to.
     *
     * @param address any address
     * @return the open memory one of whose live blocks starts at the address; empty if there is none
     */
    public static Optional<TieredMemory> detect(long address) {
        return OPEN.stream().filter(memory -> memory.blocks.has(address)).findFirst();
    }

    /** {@return the name, for messages} */
    public String name() {
        return name;
    }

    /** {@return how tiers are picked} */
    public TierPolicy policy() {
        return policy;
    }

    /** {@return what happens when a tier has no memory} */
    public TierExhaustion exhaustion() {
        return exhaustion;
    }

    /** {@return the kinds of the tiers, in order} */
    public List<MemoryKind> kinds() {
        return Stream.of(tiers).map(tier -> tier.kind).toList();
    }

    /** {@return the thresholds as they are now, one less than tiers; none with {@link TierPolicy#STATIC_RATIO}} */
    public List<TierThreshold> thresholds() {
        return chooser.thresholds();
    }

    /** {@return what this memory has in each tier, in order} */
    public List<TierStatistics> statistics() {
        return Stream.of(tiers).map(Tier::statistics).toList();
    }

    /**
     * The tier of a block.
     *
     * @param address any address
     * @return the index of the tier, from 0 on; empty if no live block of this memory starts at the address
     */
    public OptionalInt tierOf(long address) {
        return blocks.has(address) ? OptionalInt.of(blocks.tierOf(address).index) : OptionalInt.empty();
    }

    /**
     * Allocates a segment of zeroed memory, to be given back by {@link #free(MemorySegment)}.
     *
     * @param byteSize size in bytes
     * @param byteAlignment alignment in bytes, a power of two
     * @return a segment of exactly {@code byteSize} bytes, as {@link MemoryKind#allocate(long, long)} gives it
     * @throws IllegalArgumentException if the size is negative or the alignment not a positive power of two
     * @throws KindExhaustedException if the tier has no memory, or with {@link TierExhaustion#NEXT_TIER} none has
     * @throws IllegalStateException if this memory or the kind is closed
     */
    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        return serve(byteSize, kind -> kind.allocate(byteSize, byteAlignment));
    }

    /**
     * As {@link #allocate(long, long)}, but the content is unspecified.
     *
     * @param byteSize size in bytes
     * @param byteAlignment alignment in bytes, a power of two
     * @return a segment of exactly {@code byteSize} bytes
     * @throws IllegalArgumentException if the size is negative or the alignment not a positive power of two
     * @throws KindExhaustedException if the tier has no memory, or with {@link TierExhaustion#NEXT_TIER} none has
     * @throws IllegalStateException if this memory or the kind is closed
     */
    public MemorySegment allocateUninitialized(long byteSize, long byteAlignment) {
        return serve(byteSize, kind -> kind.allocateUninitialized(byteSize, byteAlignment));
    }

    /**
     * Allocates a block of unspecified content.
     *
     * @param byteSize size in bytes
     * @return the address of its first byte: a multiple of 16, of 8 for sizes up to 8
     * @throws IllegalArgumentException if the size is negative
     * @throws KindExhaustedException if the tier has no memory, or with {@link TierExhaustion#NEXT_TIER} none has
     * @throws IllegalStateException if this memory or the kind is closed
     */
    @Override
    public long malloc(long byteSize) {
        int stripe = Stripes.current();
        Tier tier = tiers[chooser.choose(byteSize, stripe)];
        if (blocks.isClosed() || wouldRefuse(tier, byteSize)) {
            return mallocSlow(tier, byteSize, null);
        }
        long address;
        try {
            address = tier.kind.malloc(byteSize);
        } catch (KindExhaustedException e) {
            return mallocSlow(tier, byteSize, e);
        }
        blocks.enter(tier, stripe, address, byteSize);
        chooser.served(stripe);
        return address;
    }

    private long mallocSlow(Tier tier, long byteSize, @Nullable KindExhaustedException refusal) {
        blocks.requireOpen();
        return serveElsewhere(tier, byteSize, kind -> kind.allocateUninitialized(byteSize), refusal)
                .address();
    }

    /**
     * Allocates a zeroed block for {@code count} elements. The policy and the counts go by the product.
     *
     * @param count number of elements
     * @param byteSize size of each in bytes
     * @return the address of its first byte, aligned as by {@link #malloc} of the product
     * @throws IllegalArgumentException if either is negative, or their product does not fit in a long
     * @throws KindExhaustedException if the tier has no memory, or with {@link TierExhaustion#NEXT_TIER} none has
     * @throws IllegalStateException if this memory or the kind is closed
     */
    @Override
    public long calloc(long count, long byteSize) {
        long product = TierErrors.productOf(count, byteSize);
        return allocate(product, product > 8 ? 16 : 8).address();
    }

    /**
     * Allocates an aligned block of unspecified content.
     *
     * @param byteAlignment alignment in bytes, a power of two
     * @param byteSize size in bytes
     * @return the address of its first byte, a multiple of the alignment
     * @throws IllegalArgumentException if the size is negative or the alignment not a positive power of two
     * @throws KindExhaustedException if the tier has no memory, or with {@link TierExhaustion#NEXT_TIER} none has
     * @throws IllegalStateException if this memory or the kind is closed
     */
    @Override
    public long memalign(long byteAlignment, long byteSize) {
        return allocateUninitialized(byteSize, byteAlignment).address();
    }

    private MemorySegment serve(long byteSize, Function<MemoryKind, MemorySegment> request) {
        blocks.requireOpen();
        int stripe = Stripes.current();
        Tier tier = tiers[chooser.choose(byteSize, stripe)];
        if (wouldRefuse(tier, byteSize)) {
            return serveElsewhere(tier, byteSize, request, null);
        }
        MemorySegment block;
        try {
            block = request.apply(tier.kind);
        } catch (KindExhaustedException e) {
            return serveElsewhere(tier, byteSize, request, e);
        }
        blocks.enter(tier, stripe, block.address(), byteSize);
        chooser.served(stripe);
        return block;
    }

    private boolean wouldRefuse(Tier tier, long byteSize) {
        return exhaustion == TierExhaustion.NEXT_TIER && tier.fullness.wouldRefuse(byteSize);
    }

    /*
     * After a refusal by the tier; without one, the tier was not asked because it would refuse. All tiers are asked before the
     * request fails, those that seem full last.
     */
    private MemorySegment serveElsewhere(
            Tier first,
            long byteSize,
            Function<MemoryKind, MemorySegment> request,
            @Nullable KindExhaustedException firstRefusal) {
        KindExhaustedException refusal = firstRefusal;
        boolean[] asked = new boolean[tiers.length];
        if (refusal != null) {
            first.refused(byteSize);
            asked[first.index] = true;
        }
        boolean toFail = refusal != null && exhaustion == TierExhaustion.FAIL;
        for (int i = 0; i < 2 * tiers.length && !toFail; i++) {
            Tier tier = tiers[(first.index + i) % tiers.length];
            if (!asked[tier.index] && (i >= tiers.length || !tier.fullness.wouldRefuse(byteSize))) {
                asked[tier.index] = true;
                MemorySegment block;
                try {
                    block = request.apply(tier.kind);
                } catch (KindExhaustedException e) {
                    tier.refused(byteSize);
                    refusal = e;
                    continue;
                }
                int stripe = Stripes.current();
                blocks.enter(tier, stripe, block.address(), byteSize);
                chooser.served(stripe);
                return block;
            }
        }
        if (refusal == null) {
            throw new IllegalStateException(name + " has asked no tier");
        }
        throw refusal;
    }

    /**
     * Changes the size of a block, in its tier: where it stands if possible, else by moving its content, up to the smaller
     * size, to a new block of the same kind. The policy is not asked. Only if the kind has no memory, and with {@link
     * TierExhaustion#NEXT_TIER}, the block moves to another tier, where it counts as a new one.
     *
     * @param address a live block of this memory, or 0 to allocate one
     * @param byteSize its new size in bytes; 0 does not free it
     * @return where the block is now, aligned as by {@link #malloc}
     * @throws IllegalArgumentException if the size is negative
     * @throws InvalidAddressException if no live block of this memory starts at the address
     * @throws KindExhaustedException if there is no memory; the old block is as it was. If it was the record of a block that
     *     the kind had moved already for which there was none, the block is gone
     * @throws IllegalStateException if this memory or the kind is closed
     */
    @Override
    public long realloc(long address, long byteSize) {
        if (address == 0) {
            return malloc(byteSize);
        }
        TierErrors.checkSize(byteSize);
        blocks.requireOpen();
        long oldBytes = blocks.claim(address);
        Tier tier = blocks.tierOf(address);
        long moved;
        try {
            moved = tier.kind.realloc(address, byteSize);
        } catch (KindExhaustedException e) {
            return move(tier, address, oldBytes, byteSize, e);
        } catch (RuntimeException | OutOfMemoryError e) {
            blocks.giveUp(tier, address, oldBytes, e);
            throw e;
        }
        int stripe = Stripes.current();
        blocks.resized(tier, stripe, moved, oldBytes, byteSize);
        chooser.served(stripe);
        return moved;
    }

    @SuppressWarnings("restricted")
    private long move(Tier tier, long address, long oldBytes, long byteSize, KindExhaustedException refusal) {
        MemorySegment target;
        long content;
        try {
            target = serveElsewhere(tier, byteSize, kind -> kind.allocateUninitialized(byteSize), refusal);
            content = Math.min(tier.kind.usableSize(address), byteSize);
            MemorySegment.copy(MemorySegment.ofAddress(address).reinterpret(content), 0, target, 0, content);
        } catch (RuntimeException | OutOfMemoryError e) {
            blocks.giveUp(tier, address, oldBytes, e);
            throw e;
        }
        tier.kind.free(address);
        blocks.freed(tier, oldBytes);
        String newKind = blocks.tierOf(target.address()).kind.name();
        Migrations.tell(name, tier.kind.name(), newKind, byteSize, content);
        return target.address();
    }

    /**
     * Frees a block.
     *
     * @param address a live block of this memory, or 0 to do nothing
     * @throws InvalidAddressException if no live block of this memory starts at the address; nothing has changed
     */
    @Override
    public void free(long address) {
        if (address == 0) {
            return;
        }
        long byteSize = blocks.claim(address);
        Tier tier = blocks.tierOf(address);
        try {
            tier.kind.free(address);
        } catch (RuntimeException e) {
            blocks.giveUp(tier, address, byteSize, e);
            throw e;
        }
        blocks.freed(tier, byteSize);
    }

    /**
     * Frees a block of which the caller knows the size, and checks that too.
     *
     * @param address a live block of this memory, or 0 to do nothing
     * @param byteSize the size that was asked for
     * @throws IllegalArgumentException if the size is negative
     * @throws InvalidAddressException if no live block of this memory starts at the address, or another size was asked for;
     *     nothing has changed
     */
    @Override
    public void free(long address, long byteSize) {
        TierErrors.checkSize(byteSize);
        if (address != 0) {
            blocks.requireSize(address, byteSize);
            free(address);
        }
    }

    /**
     * Frees a segment that this memory allocated. All slices and copies of it dangle from now on.
     *
     * @param segment one that an {@code allocate} method of this memory returned, not a slice that starts or ends elsewhere
     * @throws InvalidAddressException if it is no such segment; nothing has changed
     */
    public void free(MemorySegment segment) {
        if (!segment.isNative()) {
            throw TierErrors.onTheJavaHeap(name, segment);
        }
        long address = segment.address();
        blocks.requireSize(address, segment.byteSize());
        long byteSize = blocks.claim(address);
        Tier tier = blocks.tierOf(address);
        try {
            tier.kind.free(segment);
        } catch (RuntimeException e) {
            blocks.giveUp(tier, address, byteSize, e);
            throw e;
        }
        blocks.freed(tier, byteSize);
    }

    /**
     * The size of a block in bytes: at least what was asked for. All of it may be used.
     *
     * @param address a live block of this memory
     * @return the size in bytes
     * @throws InvalidAddressException if no live block of this memory starts at the address
     */
    @Override
    public long usableSize(long address) {
        blocks.require(address);
        return blocks.tierOf(address).kind.usableSize(address);
    }

    /**
     * An arena for one thread, with all that {@link Arena#ofConfined} promises. Every segment is a block of its own, in the tier
     * that the policy picks for it, and freed when the arena is closed.
     *
     * @return a new arena, owned by the calling thread
     */
    public Arena confinedArena() {
        return TieredArena.confined(this);
    }

    /**
     * An arena for all threads, with all that {@link Arena#ofShared} promises; else as {@link #confinedArena}.
     *
     * @return a new arena
     */
    public Arena sharedArena() {
        return TieredArena.shared(this);
    }

    /**
     * An arena for all threads that is closed by the garbage collector, as {@link Arena#ofAuto}; else as {@link
     * #confinedArena}.
     *
     * @return a new arena
     */
    public Arena autoArena() {
        return TieredArena.auto(this);
    }

    /**
     * Frees all blocks of this memory that are live, in all tiers; every later allocation fails. The caller vouches that nobody
     * touches a block any more; arenas are to be closed before. The kinds stay open. Takes about a millisecond for each GiB of
     * addresses that blocks were in. Closing again does nothing.
     */
    @Override
    public void close() {
        OPEN.remove(this);
        blocks.close();
    }

    @Override
    public String toString() {
        return name;
    }
}
