package io.memkind.hbw;

import io.memkind.Availability;
import io.memkind.InvalidAddressException;
import io.memkind.KindExhaustedException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.PlacementCheck;
import java.lang.foreign.MemorySegment;
import java.util.Objects;

/**
 * High-bandwidth memory by one policy for the process. What hbwmalloc of the C library was.
 *
 * <p><b>The policy is set once</b>, by {@link #setPolicy}, or by the first allocation to {@link HbwPolicy#PREFERRED}. It says which
 * kind the memory is of, for base pages and for pages of 2 MiB; {@link #kind} gives that kind, with all that kinds can do:
 *
 * <table class="striped">
 *   <caption>The kinds of the policies</caption>
 *   <thead><tr><th scope="col">policy</th><th scope="col">base pages</th><th scope="col">2 MiB</th></tr></thead>
 *   <tbody>
 *     <tr><th scope="row">{@code BIND}</th><td>{@code HBW}</td><td>{@code HBW_HUGETLB}</td></tr>
 *     <tr><th scope="row">{@code BIND_ALL}</th><td>{@code HBW_ALL}</td><td>{@code HBW_ALL_HUGETLB}</td></tr>
 *     <tr><th scope="row">{@code INTERLEAVE}</th><td>{@code HBW_INTERLEAVE}</td><td>none</td></tr>
 *     <tr><th scope="row">{@code PREFERRED}, where {@code HBW_PREFERRED} is available</th><td>{@code HBW_PREFERRED}</td>
 *         <td>{@code HBW_PREFERRED_HUGETLB}</td></tr>
 *     <tr><th scope="row">{@code PREFERRED}, elsewhere</th><td>{@code DEFAULT}</td><td>{@code HUGETLB}</td></tr>
 *   </tbody>
 * </table>
 *
 * <p>Which nodes have high bandwidth, the firmware tells, or the environment variable {@code MEMKIND_HBW_NODES}; see {@link
 * io.memkind.NodeSets#highBandwidth}. Sizes, alignment, zeroing and odd arguments are as with {@link MemoryKind}. All methods
 * may be called from any thread.
 */
public final class Hbw {
    private static final HbwHeap HEAP = new HbwHeap(
            name -> Kinds.byName(name).orElseThrow(),
            kind -> kind.availability().available());

    private Hbw() {}

    /** {@return the policy of the process: what was set, else {@link HbwPolicy#PREFERRED}} */
    public static HbwPolicy policy() {
        return HEAP.policy();
    }

    /**
     * Sets the policy of the process, once. Setting the same again does nothing.
     *
     * @param policy the policy
     * @throws IllegalStateException if another one was set, or memory was allocated under another one
     */
    public static void setPolicy(HbwPolicy policy) {
        HEAP.setPolicy(policy);
    }

    /**
     * Whether the machine has high-bandwidth memory: whether {@link Kinds#HBW} is available. Fixes no policy.
     *
     * @return the answer, with reason and remedy if it is no
     */
    public static Availability availability() {
        return Kinds.HBW.availability();
    }

    /**
     * The kind that memory of the process is of. Fixes the policy.
     *
     * @param pages which pages
     * @return the kind, available or not
     * @throws IllegalArgumentException for 2 MiB with {@link HbwPolicy#INTERLEAVE}
     */
    public static MemoryKind kind(HbwPageSize pages) {
        return HEAP.kind(Objects.requireNonNull(pages, "pages"));
    }

    private static MemoryKind baseKind() {
        return HEAP.kind(HbwPageSize.BASE);
    }

    /**
     * Allocates a block of unspecified content, in base pages.
     *
     * @param byteSize size in bytes
     * @return the address of its first byte
     * @throws IllegalArgumentException if the size is negative
     * @throws KindExhaustedException if there is no such memory; the message has reason and remedy
     */
    public static long malloc(long byteSize) {
        return baseKind().malloc(byteSize);
    }

    /**
     * Allocates a zeroed block for {@code count} elements, in base pages.
     *
     * @param count number of elements
     * @param byteSize size of each in bytes
     * @return the address of its first byte
     * @throws IllegalArgumentException if either is negative, or their product does not fit in a long
     * @throws KindExhaustedException if there is no such memory
     */
    public static long calloc(long count, long byteSize) {
        return baseKind().calloc(count, byteSize);
    }

    /**
     * Changes the size of a block, of base or 2 MiB pages; it keeps them.
     *
     * @param address a live block, or 0 to allocate one in base pages
     * @param byteSize its new size in bytes
     * @return where the block is now
     * @throws IllegalArgumentException if the size is negative
     * @throws InvalidAddressException if no live block starts at the address
     * @throws KindExhaustedException if there is no such memory; the old block is as it was
     */
    public static long realloc(long address, long byteSize) {
        return address == 0 ? malloc(byteSize) : HEAP.ownerOf(address).realloc(address, byteSize);
    }

    /**
     * Allocates an aligned block of unspecified content, in base pages.
     *
     * @param byteAlignment alignment in bytes, a power of two
     * @param byteSize size in bytes
     * @return the address of its first byte, a multiple of the alignment
     * @throws IllegalArgumentException if the size is negative or the alignment not a positive power of two
     * @throws KindExhaustedException if there is no such memory
     */
    public static long memalign(long byteAlignment, long byteSize) {
        return memalign(byteAlignment, byteSize, HbwPageSize.BASE);
    }

    /**
     * Allocates an aligned block of unspecified content.
     *
     * @param byteAlignment alignment in bytes, a power of two
     * @param byteSize size in bytes
     * @param pages which pages
     * @return the address of its first byte, a multiple of the alignment
     * @throws IllegalArgumentException if the size is negative or the alignment not a positive power of two; for 2 MiB with {@link
     *     HbwPolicy#INTERLEAVE}
     * @throws KindExhaustedException if there is no such memory
     */
    public static long memalign(long byteAlignment, long byteSize, HbwPageSize pages) {
        return kind(pages).memalign(byteAlignment, byteSize);
    }

    /**
     * Allocates a segment of zeroed memory, in base pages, to be given back by {@link #free(MemorySegment)}.
     *
     * @param byteSize size in bytes
     * @param byteAlignment alignment in bytes, a power of two
     * @return a segment of exactly {@code byteSize} bytes, of global scope
     * @throws IllegalArgumentException if the size is negative or the alignment not a positive power of two
     * @throws KindExhaustedException if there is no such memory
     */
    public static MemorySegment allocate(long byteSize, long byteAlignment) {
        return baseKind().allocate(byteSize, byteAlignment);
    }

    /**
     * Frees a block, of base or 2 MiB pages.
     *
     * @param address a live block, or 0 to do nothing
     * @throws InvalidAddressException if no live block of high-bandwidth memory starts at the address; nothing has changed
     */
    public static void free(long address) {
        if (address != 0) {
            HEAP.ownerOf(address).free(address);
        }
    }

    /**
     * Frees a segment.
     *
     * @param segment one that {@link #allocate} returned
     * @throws InvalidAddressException if it is no such segment; nothing has changed
     */
    public static void free(MemorySegment segment) {
        HEAP.ownerOf(segment.address()).free(segment);
    }

    /**
     * The size of a block in bytes: at least what was asked for. All of it may be used.
     *
     * @param address a live block
     * @return the size in bytes
     * @throws InvalidAddressException if no live block of high-bandwidth memory starts at the address
     */
    public static long usableSize(long address) {
        return HEAP.ownerOf(address).usableSize(address);
    }

    /**
     * Whether all pages of a segment are in high-bandwidth memory now, on a node of {@link Kinds#HBW_ALL}. Pages that the segment
     * touches count whole. A page that nobody has touched yet is nowhere, and so makes the answer false; as does a machine
     * without high-bandwidth memory.
     *
     * @param segment native memory, of any kind or none
     * @param touchPages whether to write to each page first, which puts it somewhere; its content stays
     * @return whether they all are
     * @throws IllegalArgumentException if the segment is empty or on the Java heap, or is to be touched and read-only
     */
    public static boolean verify(MemorySegment segment, boolean touchPages) {
        if (segment.byteSize() == 0 || !segment.isNative()) {
            throw new IllegalArgumentException(segment + " is empty or on the Java heap; give native memory");
        }
        if (touchPages) {
            if (segment.isReadOnly()) {
                throw new IllegalArgumentException(segment + " is read-only, and its pages cannot be touched");
            }
            PageToucher.touch(segment);
        }
        PlacementCheck check = Kinds.HBW_ALL.verify(segment);
        return !check.nodes().isEmpty() && check.misplacedBytes() == 0 && check.absentBytes() == 0;
    }
}
