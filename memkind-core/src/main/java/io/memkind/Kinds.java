package io.memkind;

import io.memkind.attribute.BindPolicy;
import io.memkind.attribute.MemoryType;
import io.memkind.attribute.PageKind;
import io.memkind.internal.select.CreateKind;
import io.memkind.internal.select.CreateKind.Chosen;
import io.memkind.internal.select.CreateKind.Refused;
import io.memkind.internal.select.KindSpec;
import io.memkind.internal.select.OwnKind;
import io.memkind.internal.select.StaticKind;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * The kinds that every program can use. They live as long as the process; whether the machine can serve one, {@link
 * MemoryKind#availability} tells, and on which nodes, {@link MemoryKind#report()}.
 *
 * <p>Where a kind's nodes depend on where a thread runs, the thread gets memory that is near to it: each set of nodes has
 * extents of its own, and a thread that has moved to another node gets memory there as soon as it has used up the few free
 * blocks that it has at hand, or after a few seconds at most where it reuses these for ever, unless the kind hogs its memory.
 *
 * <table class="striped">
 *   <caption>The static kinds: first those of the C library, with its rules, then others</caption>
 *   <thead><tr><th scope="col">kind</th><th scope="col">nodes</th><th scope="col">memory is</th>
 *       <th scope="col">pages</th></tr></thead>
 *   <tbody>
 *     <tr><th scope="row">{@link #DEFAULT}</th><td>any</td><td>as the thread's policy says</td><td>base</td></tr>
 *     <tr><th scope="row">{@link #HBW}</th><td>the closest high-bandwidth nodes</td><td>bound</td><td>base</td></tr>
 *     <tr><th scope="row">{@link #HBW_PREFERRED}</th><td>the closest high-bandwidth node</td><td>preferred</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #HBW_HUGETLB}</th><td>as HBW</td><td>bound</td><td>2 MiB</td></tr>
 *     <tr><th scope="row">{@link #HBW_PREFERRED_HUGETLB}</th><td>as HBW_PREFERRED</td><td>preferred</td>
 *         <td>2 MiB</td></tr>
 *     <tr><th scope="row">{@link #HUGETLB}</th><td>any</td><td>as the thread's policy says</td><td>2 MiB</td></tr>
 *     <tr><th scope="row">{@link #HBW_INTERLEAVE}</th><td>all high-bandwidth nodes</td><td>interleaved</td>
 *         <td>base, never transparent huge</td></tr>
 *     <tr><th scope="row">{@link #INTERLEAVE}</th><td>all that the process may use</td><td>interleaved</td>
 *         <td>base, never transparent huge</td></tr>
 *     <tr><th scope="row">{@link #REGULAR}</th><td>those with processors</td><td>bound</td><td>base</td></tr>
 *     <tr><th scope="row">{@link #HBW_ALL}</th><td>all high-bandwidth nodes</td><td>bound</td><td>base</td></tr>
 *     <tr><th scope="row">{@link #HBW_ALL_HUGETLB}</th><td>all high-bandwidth nodes</td><td>bound</td>
 *         <td>2 MiB</td></tr>
 *     <tr><th scope="row">{@link #DAX_KMEM}</th><td>the closest nodes of DAX memory</td><td>bound</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #DAX_KMEM_ALL}</th><td>all nodes of DAX memory</td><td>bound</td><td>base</td></tr>
 *     <tr><th scope="row">{@link #DAX_KMEM_PREFERRED}</th><td>the closest node of DAX memory</td><td>preferred</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #DAX_KMEM_INTERLEAVE}</th><td>all nodes of DAX memory</td><td>interleaved</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #HIGHEST_CAPACITY}</th><td>the largest; on a tie all of them</td><td>bound</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #HIGHEST_CAPACITY_PREFERRED}</th><td>the largest</td><td>preferred</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #HIGHEST_CAPACITY_LOCAL}</th><td>the largest local node</td><td>bound</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #HIGHEST_CAPACITY_LOCAL_PREFERRED}</th><td>the largest local node</td><td>preferred</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #LOWEST_LATENCY_LOCAL}</th><td>the local node of least latency</td><td>bound</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #LOWEST_LATENCY_LOCAL_PREFERRED}</th><td>the local node of least latency</td><td>preferred</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #HIGHEST_BANDWIDTH_LOCAL}</th><td>the local node of most bandwidth</td><td>bound</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #HIGHEST_BANDWIDTH_LOCAL_PREFERRED}</th><td>the local node of most bandwidth</td><td>preferred</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #DEFAULT_THP}</th><td>any</td><td>as the thread's policy says</td>
 *         <td>transparent huge where the kernel finds them, else base</td></tr>
 *     <tr><th scope="row">{@link #LOCAL}</th><td>the thread's own; if that has no memory, the closest</td><td>bound</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #INTERLEAVE_LOCAL}</th><td>all that are local to the thread</td><td>interleaved</td>
 *         <td>base, never transparent huge</td></tr>
 *     <tr><th scope="row">{@link #WEIGHTED_INTERLEAVE}</th><td>all that the process may use</td><td>interleaved by weight</td>
 *         <td>base, never transparent huge</td></tr>
 *     <tr><th scope="row">{@link #HBW_PREFERRED_MANY}</th><td>the closest high-bandwidth nodes</td><td>preferred</td>
 *         <td>base</td></tr>
 *     <tr><th scope="row">{@link #HBW_INTERLEAVE_LOCAL}</th><td>the closest high-bandwidth nodes</td><td>interleaved</td>
 *         <td>base, never transparent huge</td></tr>
 *     <tr><th scope="row">{@link #HUGETLB_1GB}</th><td>any</td><td>as the thread's policy says</td><td>1 GiB</td></tr>
 *     <tr><th scope="row">{@link #HBW_HUGETLB_1GB}</th><td>as HBW</td><td>bound</td><td>1 GiB</td></tr>
 *     <tr><th scope="row">{@link #HBW_PREFERRED_HUGETLB_1GB}</th><td>as HBW_PREFERRED</td><td>preferred</td>
 *         <td>1 GiB</td></tr>
 *     <tr><th scope="row">{@link #HBW_ALL_HUGETLB_1GB}</th><td>as HBW_ALL</td><td>bound</td><td>1 GiB</td></tr>
 *   </tbody>
 * </table>
 *
 * <p><em>Bound</em> memory comes from no other nodes; when they are full, the kernel swaps, and ends a process in the end
 * (mbind(2), MPOL_BIND). <em>Preferred</em> memory comes from others then. Huge pages of a pool that is empty are a {@link
 * KindExhaustedException}.
 */
public final class Kinds {
    /** Ordinary memory, as malloc(3) gives. */
    public static final MemoryKind DEFAULT = kind(StaticKind.DEFAULT);

    /**
     * The closest high-bandwidth memory: {@code MEMKIND_HBW_NODES}, or the nodes without processors of a Xeon Phi, or those
     * whose bandwidth (HMAT) reaches {@code MEMKIND_HBW_THRESHOLD}.
     */
    public static final MemoryKind HBW = kind(StaticKind.HBW);

    /** The closest high-bandwidth node first, then others. Not available where several are equally close. */
    public static final MemoryKind HBW_PREFERRED = kind(StaticKind.HBW_PREFERRED);

    /** As {@link #HBW}, in pages of 2 MiB from the pools of its nodes. */
    public static final MemoryKind HBW_HUGETLB = kind(StaticKind.HBW_HUGETLB);

    /** As {@link #HBW_PREFERRED}, in pages of 2 MiB. */
    public static final MemoryKind HBW_PREFERRED_HUGETLB = kind(StaticKind.HBW_PREFERRED_HUGETLB);

    /** Pages of 2 MiB from the system's hugetlb pool; all of a page is resident from the start. */
    public static final MemoryKind HUGETLB = kind(StaticKind.HUGETLB);

    /** All high-bandwidth memory that is known to the thread's node, page by page in turn. */
    public static final MemoryKind HBW_INTERLEAVE = kind(StaticKind.HBW_INTERLEAVE);

    /** All memory, page by page in turn. */
    public static final MemoryKind INTERLEAVE = kind(StaticKind.INTERLEAVE);

    /** Memory on the nodes that have processors, and on no other. */
    public static final MemoryKind REGULAR = kind(StaticKind.REGULAR);

    /** All high-bandwidth memory, however far. */
    public static final MemoryKind HBW_ALL = kind(StaticKind.HBW_ALL);

    /** As {@link #HBW_ALL}, in pages of 2 MiB. */
    public static final MemoryKind HBW_ALL_HUGETLB = kind(StaticKind.HBW_ALL_HUGETLB);

    /**
     * The closest memory of DAX devices in system-ram mode, such as persistent memory and CXL: those nodes, or {@code
     * MEMKIND_DAX_KMEM_NODES}.
     */
    public static final MemoryKind DAX_KMEM = kind(StaticKind.DAX_KMEM);

    /** All memory of DAX devices, however far. */
    public static final MemoryKind DAX_KMEM_ALL = kind(StaticKind.DAX_KMEM_ALL);

    /** The closest node of DAX memory first, then others. Not available where several are equally close. */
    public static final MemoryKind DAX_KMEM_PREFERRED = kind(StaticKind.DAX_KMEM_PREFERRED);

    /** All memory of DAX devices, page by page in turn. */
    public static final MemoryKind DAX_KMEM_INTERLEAVE = kind(StaticKind.DAX_KMEM_INTERLEAVE);

    /** The largest nodes of the machine. */
    public static final MemoryKind HIGHEST_CAPACITY = kind(StaticKind.HIGHEST_CAPACITY);

    /** The largest node first, then others. Not available where several are equally large. */
    public static final MemoryKind HIGHEST_CAPACITY_PREFERRED = kind(StaticKind.HIGHEST_CAPACITY_PREFERRED);

    /** The largest of the nodes local to the thread; of equals the farther one. */
    public static final MemoryKind HIGHEST_CAPACITY_LOCAL = kind(StaticKind.HIGHEST_CAPACITY_LOCAL);

    /** As {@link #HIGHEST_CAPACITY_LOCAL}, then others. */
    public static final MemoryKind HIGHEST_CAPACITY_LOCAL_PREFERRED = kind(StaticKind.HIGHEST_CAPACITY_LOCAL_PREFERRED);

    /** The local node of least latency (HMAT); of equals the smaller one. */
    public static final MemoryKind LOWEST_LATENCY_LOCAL = kind(StaticKind.LOWEST_LATENCY_LOCAL);

    /** As {@link #LOWEST_LATENCY_LOCAL}, then others. */
    public static final MemoryKind LOWEST_LATENCY_LOCAL_PREFERRED = kind(StaticKind.LOWEST_LATENCY_LOCAL_PREFERRED);

    /** The local node of most bandwidth (HMAT); of equals the smaller one. */
    public static final MemoryKind HIGHEST_BANDWIDTH_LOCAL = kind(StaticKind.HIGHEST_BANDWIDTH_LOCAL);

    /** As {@link #HIGHEST_BANDWIDTH_LOCAL}, then others. */
    public static final MemoryKind HIGHEST_BANDWIDTH_LOCAL_PREFERRED =
            kind(StaticKind.HIGHEST_BANDWIDTH_LOCAL_PREFERRED);

    /**
     * Ordinary memory for which the kernel is asked, by madvise(2), to use transparent huge pages. Memory comes and goes in
     * units of 2 MiB; {@link MemoryKind#transparentHugeBytes} tells how much of it is really huge.
     */
    public static final MemoryKind DEFAULT_THP = kind(OwnKind.DEFAULT_THP);

    /** The memory of the node that the thread runs on, and no other. */
    public static final MemoryKind LOCAL = kind(OwnKind.LOCAL);

    /** All memory local to the thread, such as the DRAM and the high-bandwidth memory of a socket, page by page in turn. */
    public static final MemoryKind INTERLEAVE_LOCAL = kind(OwnKind.INTERLEAVE_LOCAL);

    /** All memory in turn, each node by its weight in {@code /sys/kernel/mm/mempolicy/weighted_interleave}. Linux 6.9. */
    public static final MemoryKind WEIGHTED_INTERLEAVE = kind(OwnKind.WEIGHTED_INTERLEAVE);

    /**
     * The closest high-bandwidth nodes first, then others: as {@link #HBW_PREFERRED}, where several are equally close too.
     * Linux 5.15.
     */
    public static final MemoryKind HBW_PREFERRED_MANY = kind(OwnKind.HBW_PREFERRED_MANY);

    /** The closest high-bandwidth memory, page by page in turn. */
    public static final MemoryKind HBW_INTERLEAVE_LOCAL = kind(OwnKind.HBW_INTERLEAVE_LOCAL);

    /** Pages of 1 GiB from the system's hugetlb pool; all of a page is resident from the start. */
    public static final MemoryKind HUGETLB_1GB = kind(OwnKind.HUGETLB_1GB);

    /** As {@link #HBW}, in pages of 1 GiB from the pools of its nodes. */
    public static final MemoryKind HBW_HUGETLB_1GB = kind(OwnKind.HBW_HUGETLB_1GB);

    /** As {@link #HBW_PREFERRED}, in pages of 1 GiB. */
    public static final MemoryKind HBW_PREFERRED_HUGETLB_1GB = kind(OwnKind.HBW_PREFERRED_HUGETLB_1GB);

    /** As {@link #HBW_ALL}, in pages of 1 GiB. */
    public static final MemoryKind HBW_ALL_HUGETLB_1GB = kind(OwnKind.HBW_ALL_HUGETLB_1GB);

    private static final List<MemoryKind> ALL = List.of(
            DEFAULT,
            HBW,
            HBW_PREFERRED,
            HBW_HUGETLB,
            HBW_PREFERRED_HUGETLB,
            HUGETLB,
            HBW_INTERLEAVE,
            INTERLEAVE,
            REGULAR,
            HBW_ALL,
            HBW_ALL_HUGETLB,
            DAX_KMEM,
            DAX_KMEM_ALL,
            DAX_KMEM_PREFERRED,
            DAX_KMEM_INTERLEAVE,
            HIGHEST_CAPACITY,
            HIGHEST_CAPACITY_PREFERRED,
            HIGHEST_CAPACITY_LOCAL,
            HIGHEST_CAPACITY_LOCAL_PREFERRED,
            LOWEST_LATENCY_LOCAL,
            LOWEST_LATENCY_LOCAL_PREFERRED,
            HIGHEST_BANDWIDTH_LOCAL,
            HIGHEST_BANDWIDTH_LOCAL_PREFERRED,
            DEFAULT_THP,
            LOCAL,
            INTERLEAVE_LOCAL,
            WEIGHTED_INTERLEAVE,
            HBW_PREFERRED_MANY,
            HBW_INTERLEAVE_LOCAL,
            HUGETLB_1GB,
            HBW_HUGETLB_1GB,
            HBW_PREFERRED_HUGETLB_1GB,
            HBW_ALL_HUGETLB_1GB);

    private Kinds() {}

    private static MemoryKind kind(StaticKind kind) {
        return new MemoryKind(kind.spec());
    }

    private static MemoryKind kind(OwnKind kind) {
        return new MemoryKind(kind.spec());
    }

    /** {@return all static kinds, available or not: those of the C library in its order, then the others} */
    public static List<MemoryKind> all() {
        return ALL;
    }

    /**
     * Finds a static kind by name, in any case, with or without {@code memkind_} in front.
     *
     * @param name such as {@code memkind_hugetlb}, {@code HUGETLB} or {@code hugetlb}
     * @return the kind; empty if there is none of that name
     */
    public static Optional<MemoryKind> byName(String name) {
        String lower = name.toLowerCase(Locale.ROOT);
        return ALL.stream()
                .filter(kind -> kind.name().equals(lower) || kind.name().equals("memkind_" + lower))
                .findFirst();
    }

    /**
     * Finds the static kind that has certain attributes and is available: what {@code memkind_create_kind} does.
     *
     * <p>A kind that only prefers its nodes ({@link BindPolicy#PREFERRED_LOCAL}) and is not available gives way to memory
     * from anywhere, in pages of the size asked for, which is logged. The C library silently gives base pages then.
     *
     * @param types the sorts of memory
     * @param policy how to bind it
     * @param pages its pages
     * @return a static kind, which is not to be closed
     * @throws IllegalArgumentException if no kind has these attributes
     * @throws KindUnavailableException if the machine has no such memory, or a variable that concerns the kind has a bad value
     */
    public static MemoryKind matching(Set<MemoryType> types, BindPolicy policy, PageKind pages) {
        return switch (CreateKind.choose(types, policy, pages, RunningMachine::select)) {
            case Chosen chosen -> KindErrors.logInstead(named(chosen.kind()), chosen.insteadOf());
            case Refused refused -> throw KindErrors.refused(refused.cause());
        };
    }

    private static MemoryKind named(KindSpec spec) {
        return byName(spec.name()).orElseThrow();
    }

    /**
     * Begins a kind over nodes that the caller names.
     *
     * @param nodes their ids, as in {@code /sys/devices/system/node}
     * @return a builder of memory bound to the nodes, in base pages
     * @throws IllegalArgumentException if there is none, or an id is negative or beyond what kernels have
     */
    public static NodeKindBuilder onNodes(int... nodes) {
        return new NodeKindBuilder(nodes);
    }

    /** Chooses the nodes of all static kinds anew, see {@link MemoryKind#reevaluate}. */
    public static void reevaluate() {
        ALL.forEach(MemoryKind::reevaluate);
    }
}
