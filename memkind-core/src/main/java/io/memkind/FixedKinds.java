package io.memkind;

import io.memkind.internal.heap.HeapOptions;
import java.lang.foreign.MemorySegment;

/**
 * Kinds over memory that the caller owns: any native segment, from an arena, mapped from a file, shared with another process
 * or a device. What {@code memkind_create_fixed} gave.
 *
 * <p><b>The whole pages</b> of the segment are the kind's; what lies before the first and behind the last page boundary
 * is left alone. The bookkeeping is elsewhere, so all of it can be used, and freed space is fully reusable: free neighbours
 * merge. The kind writes to a block only to zero it or to move its content.
 *
 * <p><b>Lifetime.</b> The caller ends the life of the memory, after closing the kind. If the arena of the segment is closed
 * first, every method of the kind that allocates, frees or resizes throws {@link IllegalStateException}. The segments
 * that {@code allocate} returns are slices of the caller's segment, and so fail as it does. Addresses, and segments of
 * {@linkplain MemoryKind#confinedArena arenas over the kind}, do not know of the caller's arena: as with every kind, they must
 * not be used any more.
 *
 * <p><b>Threads.</b> All, if the segment is shared; only its owner if the segment is confined: others get {@link
 * WrongThreadException}.
 */
public final class FixedKinds {
    /** The least size of a segment in whole pages: 64 KiB. */
    public static final long MIN_BYTE_SIZE = 64L << 10;

    private FixedKinds() {}

    /**
     * Creates a kind over a segment, named {@code memkind_fixed} and the address.
     *
     * @param segment native, writable memory that nobody else uses until the kind is closed
     * @return a new kind, to be closed by the caller
     * @throws IllegalArgumentException if the segment is on the Java heap, is read-only, is smaller than {@link
     *     #MIN_BYTE_SIZE} in whole pages, or overlaps that of another open fixed kind or memory of any other kind
     * @throws IllegalStateException if its scope has ended
     */
    public static MemoryKind create(MemorySegment segment) {
        return create(segment, "memkind_fixed:0x" + Long.toHexString(segment.address()));
    }

    /**
     * Creates a kind over a segment.
     *
     * @param segment native, writable memory that nobody else uses until the kind is closed
     * @param name the kind's name in messages and statistics
     * @return a new kind, to be closed by the caller
     * @throws IllegalArgumentException if the name is blank, or for the segment as {@link #create(MemorySegment)}
     * @throws IllegalStateException if its scope has ended
     */
    public static MemoryKind create(MemorySegment segment, String name) {
        Requests.checkName(name);
        if (!segment.scope().isAlive()) {
            throw new IllegalStateException("the arena of the segment at 0x" + Long.toHexString(segment.address())
                    + " is closed already; give memory that is alive");
        }
        FixedMemory memory = new FixedMemory(segment);
        HeapOptions options =
                new HeapOptions(memory.byteSize(), HeapOptions.DEFAULT.decay(), HeapOptions.DEFAULT.hogMemory());
        return MemoryKind.build(memory, name, options);
    }
}
