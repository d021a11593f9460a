package io.memkind;

import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * Arrays of records of one layout from a kind: what the C library's {@code pmem::allocator<T>}, {@code fixed::allocator<T>}
 * and {@code static_kind::allocator<T>} were to containers. Thread-safe.
 *
 * <p>Allocators {@linkplain #forLayout share} their kind by counting references; it is closed with the last of them.
 */
public final class RecordAllocator implements AutoCloseable {
    private final SharedReference<MemoryKind> kind;
    private final MemoryLayout layout;

    private RecordAllocator(SharedReference<MemoryKind> kind, MemoryLayout layout) {
        this.kind = kind;
        this.layout = layout;
    }

    /**
     * An allocator that takes over a kind.
     *
     * @param kind closed with the last allocator that shares it, unless it is static
     * @param layout of one record
     * @return an allocator, to be closed by the caller
     * @throws IllegalArgumentException if the size of the layout is not a positive multiple of its alignment
     */
    public static RecordAllocator of(MemoryKind kind, MemoryLayout layout) {
        requireArrayElement(layout);
        return new RecordAllocator(SharedReference.to(kind), layout);
    }

    /**
     * An allocator over a kind that others refer to as well.
     *
     * @param kind a reference, of which the allocator makes one of its own
     * @param layout of one record
     * @return an allocator, to be closed by the caller
     * @throws IllegalArgumentException if the size of the layout is not a positive multiple of its alignment
     * @throws IllegalStateException if the reference is closed
     */
    public static RecordAllocator of(SharedReference<MemoryKind> kind, MemoryLayout layout) {
        requireArrayElement(layout);
        return new RecordAllocator(kind.retain(), layout);
    }

    private static void requireArrayElement(MemoryLayout layout) {
        if (layout.byteSize() == 0 || layout.byteSize() % layout.byteAlignment() != 0) {
            throw new IllegalArgumentException("the size of " + layout + ", " + layout.byteSize()
                    + " bytes, is not a positive multiple of its alignment, " + layout.byteAlignment()
                    + "; add padding");
        }
    }

    /**
     * An allocator of other records from the same kind.
     *
     * @param other layout of one record
     * @return an allocator, to be closed by the caller
     * @throws IllegalArgumentException if the size of the layout is not a positive multiple of its alignment
     * @throws IllegalStateException if this allocator is closed
     */
    public RecordAllocator forLayout(MemoryLayout other) {
        return of(kind, other);
    }

    /** {@return the layout of one record} */
    public MemoryLayout layout() {
        return layout;
    }

    /**
     * The kind that the records are from.
     *
     * @return the kind, open as long as this allocator is
     * @throws IllegalStateException if this allocator is closed
     */
    public MemoryKind kind() {
        return kind.get();
    }

    /**
     * Allocates zeroed records.
     *
     * @param count number of records
     * @return their memory, aligned as the layout says; to be given back by {@link #free}
     * @throws IllegalArgumentException if the count is negative, or the size of all overflows
     * @throws KindExhaustedException if there is no memory
     * @throws IllegalStateException if this allocator or its kind is closed
     */
    public MemorySegment allocate(long count) {
        return kind().allocate(byteSizeOf(count), layout.byteAlignment());
    }

    /**
     * As {@link #allocate}, but the content is unspecified.
     *
     * @param count number of records
     * @return their memory, aligned as the layout says; to be given back by {@link #free}
     * @throws IllegalArgumentException if the count is negative, or the size of all overflows
     * @throws KindExhaustedException if there is no memory
     * @throws IllegalStateException if this allocator or its kind is closed
     */
    public MemorySegment allocateUninitialized(long count) {
        return kind().allocateUninitialized(byteSizeOf(count), layout.byteAlignment());
    }

    private long byteSizeOf(long count) {
        return count == 0 ? 0 : Requests.productOf(count, layout.byteSize());
    }

    /**
     * Frees records that this allocator, or one {@linkplain #sharesKindWith sharing} its kind, has allocated.
     *
     * @param records a segment that {@code allocate} returned
     * @throws InvalidAddressException if it is not one, or was freed already
     * @throws IllegalStateException if this allocator is closed
     */
    public void free(MemorySegment records) {
        kind().free(Objects.requireNonNull(records, "records"));
    }

    /**
     * Whether one of the two may free what the other has allocated: the equality of C++ allocators.
     *
     * @param other another allocator
     * @return true if both are over the same kind
     */
    public boolean sharesKindWith(RecordAllocator other) {
        return kind.refersToSameAs(other.kind);
    }

    /** Closes this allocator, and with the last that shares it the kind, live records included. Again does nothing. */
    @Override
    public void close() {
        kind.close();
    }
}
