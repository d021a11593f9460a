package io.memkind.internal.select;

import io.memkind.attribute.BindPolicy;
import io.memkind.attribute.MemoryType;
import io.memkind.attribute.PageKind;
import io.memkind.internal.select.Selection.Unavailable;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds the static kind that has certain attributes, as {@code memkind_create_kind} does. Ten combinations exist
 * there; the others here are of kinds that the C library does not have.
 *
 * <p>A preferring kind that is not available gives way to memory of any sort, in pages of the size that was asked for: where
 * the C library silently hands out base pages in place of huge ones, this hands out huge pages of any node, or
 * refuses.
 */
public final class CreateKind {
    private static final Set<MemoryType> HBW = Set.of(MemoryType.HIGH_BANDWIDTH);
    private static final Set<MemoryType> DEFAULT = Set.of(MemoryType.DEFAULT);
    private static final Set<MemoryType> ALL = Set.of(MemoryType.values());

    private record Combination(Set<MemoryType> types, BindPolicy policy, PageKind pages, KindSpec kind) {
        Combination(Set<MemoryType> types, BindPolicy policy, PageKind pages, StaticKind kind) {
            this(types, policy, pages, kind.spec());
        }

        Combination(Set<MemoryType> types, BindPolicy policy, PageKind pages, OwnKind kind) {
            this(types, policy, pages, kind.spec());
        }
    }

    private static final List<Combination> COMBINATIONS = List.of(
            new Combination(HBW, BindPolicy.BIND_LOCAL, PageKind.BASE, StaticKind.HBW),
            new Combination(HBW, BindPolicy.BIND_LOCAL, PageKind.HUGETLB_2M, StaticKind.HBW_HUGETLB),
            new Combination(HBW, BindPolicy.BIND_ALL, PageKind.BASE, StaticKind.HBW_ALL),
            new Combination(HBW, BindPolicy.BIND_ALL, PageKind.HUGETLB_2M, StaticKind.HBW_ALL_HUGETLB),
            new Combination(HBW, BindPolicy.PREFERRED_LOCAL, PageKind.BASE, StaticKind.HBW_PREFERRED),
            new Combination(HBW, BindPolicy.PREFERRED_LOCAL, PageKind.HUGETLB_2M, StaticKind.HBW_PREFERRED_HUGETLB),
            new Combination(HBW, BindPolicy.INTERLEAVE_ALL, PageKind.BASE, StaticKind.HBW_INTERLEAVE),
            new Combination(DEFAULT, BindPolicy.PREFERRED_LOCAL, PageKind.BASE, StaticKind.DEFAULT),
            new Combination(DEFAULT, BindPolicy.PREFERRED_LOCAL, PageKind.HUGETLB_2M, StaticKind.HUGETLB),
            new Combination(ALL, BindPolicy.INTERLEAVE_ALL, PageKind.BASE, StaticKind.INTERLEAVE),
            new Combination(HBW, BindPolicy.BIND_LOCAL, PageKind.HUGETLB_1G, OwnKind.HBW_HUGETLB_1GB),
            new Combination(HBW, BindPolicy.BIND_ALL, PageKind.HUGETLB_1G, OwnKind.HBW_ALL_HUGETLB_1GB),
            new Combination(HBW, BindPolicy.PREFERRED_LOCAL, PageKind.HUGETLB_1G, OwnKind.HBW_PREFERRED_HUGETLB_1GB),
            new Combination(HBW, BindPolicy.INTERLEAVE_LOCAL, PageKind.BASE, OwnKind.HBW_INTERLEAVE_LOCAL),
            new Combination(DEFAULT, BindPolicy.BIND_LOCAL, PageKind.BASE, OwnKind.LOCAL),
            new Combination(DEFAULT, BindPolicy.PREFERRED_LOCAL, PageKind.TRANSPARENT_HUGE, OwnKind.DEFAULT_THP),
            new Combination(DEFAULT, BindPolicy.PREFERRED_LOCAL, PageKind.HUGETLB_1G, OwnKind.HUGETLB_1GB),
            new Combination(ALL, BindPolicy.INTERLEAVE_LOCAL, PageKind.BASE, OwnKind.INTERLEAVE_LOCAL));

    /** The outcome: a kind, or a refusal. */
    public sealed interface Choice {}

    /**
     * A kind that is available.
     *
     * @param kind the kind
     * @param insteadOf why it is not the one that has the attributes asked for; empty if it is
     */
    public record Chosen(KindSpec kind, Optional<Unavailable> insteadOf) implements Choice {}

    /**
     * No kind.
     *
     * @param cause why not
     */
    public record Refused(Unavailable cause) implements Choice {}

    private CreateKind() {}

    /**
     * The kind of a combination, available or not.
     *
     * @param types the sorts of memory
     * @param policy how to bind it
     * @param pages its pages
     * @return empty if no kind has all of them
     */
    public static Optional<KindSpec> match(Set<MemoryType> types, BindPolicy policy, PageKind pages) {
        return COMBINATIONS.stream()
                .filter(combination -> combination.types().equals(types)
                        && combination.policy() == policy
                        && combination.pages() == pages)
                .map(Combination::kind)
                .findFirst();
    }

    /**
     * A kind of a combination that is available on a machine.
     *
     * @param types the sorts of memory
     * @param policy how to bind it
     * @param pages its pages
     * @param topology the machine
     * @param overrides what the user says about its nodes
     * @return the kind of the combination; if that only prefers its nodes and is not available, one of the same pages from
     *     any node; a refusal with {@link SelectionError#INVALID} if no kind has all of the attributes, with {@link
     *     SelectionError#MEMTYPE_NOT_AVAILABLE} if the kind has no nodes, with {@link SelectionError#HUGETLB} if there are no
     *     huge pages
     */
    public static Choice choose(
            Set<MemoryType> types, BindPolicy policy, PageKind pages, Topology topology, NodeOverrides overrides) {
        return choose(types, policy, pages, spec -> spec.select(topology, overrides));
    }

    /**
     * As the other, with the machine behind a function.
     *
     * @param types the sorts of memory
     * @param policy how to bind it
     * @param pages its pages
     * @param selector the nodes of a kind, or why it is not available
     * @return the choice
     */
    public static Choice choose(
            Set<MemoryType> types, BindPolicy policy, PageKind pages, Function<KindSpec, Selection> selector) {
        Optional<KindSpec> kind = match(types, policy, pages);
        if (kind.isEmpty()) {
            return new Refused(new Unavailable(
                    SelectionError.INVALID,
                    "no kind has memory types " + types.stream().sorted().toList() + " with policy " + policy + " and "
                            + pages + " pages",
                    "use one of " + COMBINATIONS.stream().map(CreateKind::text).collect(Collectors.joining(", "))));
        }
        if (!(selector.apply(kind.get()) instanceof Unavailable reason)) {
            return new Chosen(kind.get(), Optional.empty());
        }
        if (policy != BindPolicy.PREFERRED_LOCAL) {
            SelectionError error =
                    reason.error() == SelectionError.HUGETLB ? reason.error() : SelectionError.MEMTYPE_NOT_AVAILABLE;
            return new Refused(new Unavailable(error, reason.reason(), reason.remedy()));
        }
        KindSpec fallback = match(DEFAULT, policy, pages).orElseThrow();
        return selector.apply(fallback) instanceof Unavailable second
                ? new Refused(second)
                : new Chosen(fallback, Optional.of(reason));
    }

    private static String text(Combination combination) {
        return combination.types().stream().sorted().toList() + " " + combination.policy() + " " + combination.pages();
    }
}
