package io.memkind;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One operation of a kind, as an {@link OperationListener} sees it. To be used by the thread that is told, while it is told.
 *
 * <p>The setters of arguments are for {@link OperationListener#before}, {@link #setResult} is for {@link
 * OperationListener#after}; at any other time they throw {@link IllegalStateException}. A size or alignment can be raised but
 * not lowered, since the caller uses what it asked for. Kind, address and result can be changed where the caller handles
 * addresses; where it handles segments or arenas ({@link #isForSegment}) they stay, since the JVM guards that memory as part
 * of the kind.
 */
public final class Operation {
    /** What is done. Segments and arenas ask for these, too. */
    public enum Type {
        /** {@link MemoryKind#malloc}, {@link MemoryKind#allocateUninitialized(long)}, a block of an arena. */
        MALLOC,
        /** {@link MemoryKind#calloc}; {@link MemoryKind#allocate(long, long)}, with a count of 1 and an alignment. */
        CALLOC,
        /** {@link MemoryKind#memalign}, {@link MemoryKind#allocateUninitialized(long, long)}, a large block of an arena. */
        MEMALIGN,
        /** {@link MemoryKind#realloc}, also of address 0. */
        REALLOC,
        /** All methods {@code free}, also of address 0, and the end of an arena, once for each of its blocks. */
        FREE
    }

    private enum Phase {
        BEFORE,
        UNDER_WAY,
        AFTER
    }

    private final Type type;
    private final boolean forSegment;
    private final long count;
    private final long leastByteSize;
    private final long leastByteAlignment;
    private MemoryKind kind;
    private long byteSize;
    private long byteAlignment;
    private long address;
    private Phase phase = Phase.BEFORE;
    private long result;
    private @Nullable Throwable failure;

    private Operation(
            Type type,
            MemoryKind kind,
            boolean forSegment,
            long address,
            long count,
            long byteSize,
            long byteAlignment) {
        this.type = type;
        this.kind = kind;
        this.forSegment = forSegment;
        this.address = address;
        this.count = count;
        this.byteSize = byteSize;
        this.leastByteSize = byteSize;
        this.byteAlignment = byteAlignment;
        this.leastByteAlignment = byteAlignment;
    }

    static Operation allocation(
            Type type, MemoryKind kind, boolean forSegment, long count, long byteSize, long byteAlignment) {
        return new Operation(type, kind, forSegment, 0, count, byteSize, byteAlignment);
    }

    static Operation realloc(MemoryKind kind, long address, long byteSize) {
        return new Operation(Type.REALLOC, kind, false, address, 1, byteSize, 0);
    }

    static Operation free(MemoryKind kind, boolean forSegment, long address, long byteSize) {
        return new Operation(Type.FREE, kind, forSegment, address, 1, byteSize, 0);
    }

    /** Does what is asked for by now; the result. */
    long perform() {
        phase = Phase.UNDER_WAY;
        return switch (type) {
            case MALLOC -> ManagedCalls.malloc(kind, byteSize);
            case CALLOC ->
                byteAlignment == 0
                        ? ManagedCalls.calloc(kind, count, byteSize)
                        : ManagedCalls.zeroed(kind, byteSize, byteAlignment);
            case MEMALIGN -> ManagedCalls.memalign(kind, byteAlignment, byteSize);
            case REALLOC -> ManagedCalls.realloc(kind, address, byteSize);
            case FREE -> {
                ManagedCalls.free(kind, address, byteSize);
                yield 0;
            }
        };
    }

    void end(long result, @Nullable Throwable failure) {
        this.phase = Phase.AFTER;
        this.result = result;
        this.failure = failure;
    }

    /** {@return what is done} */
    public Type type() {
        return type;
    }

    /** {@return the kind that is asked} */
    public MemoryKind kind() {
        return kind;
    }

    /** {@return whether the memory is for a segment or an arena, so that kind, address and result cannot be changed} */
    public boolean isForSegment() {
        return forSegment;
    }

    /** {@return the number of elements of a {@link Type#CALLOC}; else 1} */
    public long count() {
        return count;
    }

    /** {@return the size in bytes, of one element where there is a count; of a {@link Type#FREE} without a size, 0} */
    public long byteSize() {
        return byteSize;
    }

    /** {@return the alignment in bytes; 0 where none is asked for} */
    public long byteAlignment() {
        return byteAlignment;
    }

    /** {@return the block that is freed or resized, as the caller gave it, or as a listener has changed it; else 0} */
    public long address() {
        return address;
    }

    /** {@return the address of the new or resized block; 0 before, after a failure and of a {@link Type#FREE}} */
    public long result() {
        return result;
    }

    /** {@return what the caller gets instead of a result; empty before, and if all went well} */
    public Optional<Throwable> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * Asks another kind. Its blocks have to be freed and resized there: so a listener that redirects allocations has to
     * redirect these, too, for example to what {@link MemoryKind#detect} tells.
     *
     * @param kind the kind to ask
     * @throws IllegalStateException if it is too late, or the memory is for a segment
     */
    public void setKind(MemoryKind kind) {
        Objects.requireNonNull(kind, "kind");
        require(Phase.BEFORE, "kind");
        requireAddresses("kind");
        this.kind = kind;
    }

    /**
     * Asks for more bytes.
     *
     * @param byteSize the size in bytes, of one element where there is a count
     * @throws IllegalArgumentException if it is less than what the caller asked for
     * @throws IllegalStateException if it is too late, or the operation is a {@link Type#FREE}
     */
    public void setByteSize(long byteSize) {
        require(Phase.BEFORE, "size");
        if (type == Type.FREE) {
            throw new IllegalStateException("the size of a free cannot be changed");
        }
        requireNotLess("size", byteSize, leastByteSize);
        this.byteSize = byteSize;
    }

    /**
     * Asks for a larger alignment.
     *
     * @param byteAlignment the alignment in bytes, a power of two
     * @throws IllegalArgumentException if it is less than what the caller asked for
     * @throws IllegalStateException if it is too late, or no alignment is asked for
     */
    public void setByteAlignment(long byteAlignment) {
        require(Phase.BEFORE, "alignment");
        if (leastByteAlignment == 0) {
            throw new IllegalStateException("this " + type + " has no alignment to be changed");
        }
        requireNotLess("alignment", byteAlignment, leastByteAlignment);
        this.byteAlignment = byteAlignment;
    }

    /**
     * Frees or resizes another block.
     *
     * @param address the block's address
     * @throws IllegalStateException if it is too late, the operation allocates, or the memory is of a segment
     */
    public void setAddress(long address) {
        require(Phase.BEFORE, "address");
        if (type != Type.FREE && type != Type.REALLOC) {
            throw new IllegalStateException("a " + type + " has no address to be changed");
        }
        requireAddresses("address");
        this.address = address;
    }

    /**
     * Gives the caller another address.
     *
     * @param address what the caller gets, not 0
     * @throws IllegalArgumentException if it is 0
     * @throws IllegalStateException if it is too early, the operation has failed or has no result, or the memory is for a
     *     segment
     */
    public void setResult(long address) {
        require(Phase.AFTER, "result");
        if (type == Type.FREE || failure != null) {
            throw new IllegalStateException("there is no result of this " + type + " to be changed");
        }
        requireAddresses("result");
        if (address == 0) {
            throw new IllegalArgumentException("a result cannot be address 0; throw in before to refuse a request");
        }
        this.result = address;
    }

    private void require(Phase allowed, String what) {
        if (phase != allowed) {
            throw new IllegalStateException("the " + what + " can be changed "
                    + (allowed == Phase.BEFORE ? "before the operation" : "after it") + " only");
        }
    }

    private void requireAddresses(String what) {
        if (forSegment) {
            throw new IllegalStateException(
                    "the " + what + " cannot be changed where the memory is for a segment or an arena");
        }
    }

    private static void requireNotLess(String what, long value, long least) {
        if (value < least) {
            throw new IllegalArgumentException(
                    what + " " + value + " is less than " + least + ", which the caller asked for and will use");
        }
    }

    @Override
    public String toString() {
        return type + " of " + kind + (address == 0 ? "" : " at 0x" + Long.toHexString(address)) + ", "
                + (count == 1 ? "" : count + " × ") + byteSize + " bytes"
                + (byteAlignment == 0 ? "" : " aligned to " + byteAlignment);
    }
}
