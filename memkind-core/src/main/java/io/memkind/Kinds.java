package io.memkind;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The kinds that every program can use. They live as long as the process; whether the machine can serve one, {@link
 * MemoryKind#availability} tells.
 *
 * <table class="striped">
 *   <caption>The static kinds</caption>
 *   <thead><tr><th scope="col">kind</th><th scope="col">nodes</th><th scope="col">pages</th>
 *       <th scope="col">when memory is short</th></tr></thead>
 *   <tbody>
 *     <tr><th scope="row">{@link #DEFAULT}</th><td>as the thread's policy says</td><td>base</td>
 *         <td>as the system's policy says</td></tr>
 *     <tr><th scope="row">{@link #DEFAULT_THP}</th><td>as the thread's policy says</td>
 *         <td>transparent huge pages where the kernel finds them, else base</td><td>as the system's policy says</td></tr>
 *     <tr><th scope="row">{@link #REGULAR}</th><td>only those with processors</td><td>base</td>
 *         <td>nothing from other nodes</td></tr>
 *     <tr><th scope="row">{@link #HUGETLB}</th><td>any</td><td>2 MiB, from the hugetlb pool</td>
 *         <td>{@link KindExhaustedException}</td></tr>
 *     <tr><th scope="row">{@link #HUGETLB_1GB}</th><td>any</td><td>1 GiB, from the hugetlb pool</td>
 *         <td>{@link KindExhaustedException}</td></tr>
 *   </tbody>
 * </table>
 */
public final class Kinds {
    /** Ordinary memory, as malloc(3) gives. */
    public static final MemoryKind DEFAULT = new MemoryKind(KindDescription.DEFAULT);

    /**
     * Ordinary memory for which the kernel is asked, by madvise(2), to use transparent huge pages. Memory comes and goes in
     * units of 2 MiB; {@link MemoryKind#transparentHugeBytes} tells how much of it is really huge.
     */
    public static final MemoryKind DEFAULT_THP = new MemoryKind(KindDescription.DEFAULT_THP);

    /** Memory on the nodes that have processors, and on no other: mbind(2) with MPOL_BIND. */
    public static final MemoryKind REGULAR = new MemoryKind(KindDescription.REGULAR);

    /** Pages of 2 MiB from the system's hugetlb pool; all of a page is resident from the start. */
    public static final MemoryKind HUGETLB = new MemoryKind(KindDescription.HUGETLB);

    /** Pages of 1 GiB from the system's hugetlb pool; all of a page is resident from the start. */
    public static final MemoryKind HUGETLB_1GB = new MemoryKind(KindDescription.HUGETLB_1GB);

    private static final List<MemoryKind> ALL = List.of(DEFAULT, DEFAULT_THP, REGULAR, HUGETLB, HUGETLB_1GB);

    private Kinds() {}

    /** {@return all static kinds, available or not} */
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
}
