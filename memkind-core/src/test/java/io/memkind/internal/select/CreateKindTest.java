package io.memkind.internal.select;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.attribute.BindPolicy;
import io.memkind.attribute.MemoryType;
import io.memkind.attribute.PageKind;
import io.memkind.internal.locality.Machines;
import io.memkind.internal.select.CreateKind.Choice;
import io.memkind.internal.select.CreateKind.Chosen;
import io.memkind.internal.select.CreateKind.Refused;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class CreateKindTest {
    private static final Set<MemoryType> DEFAULT = Set.of(MemoryType.DEFAULT);
    private static final Set<MemoryType> HBW = Set.of(MemoryType.HIGH_BANDWIDTH);

    private static final String TABLE = """
            [DEFAULT] BIND_LOCAL BASE memkind_local
            [DEFAULT] PREFERRED_LOCAL BASE memkind_default
            [DEFAULT] PREFERRED_LOCAL TRANSPARENT_HUGE memkind_default_thp
            [DEFAULT] PREFERRED_LOCAL HUGETLB_2M memkind_hugetlb
            [DEFAULT] PREFERRED_LOCAL HUGETLB_1G memkind_hugetlb_1gb
            [HIGH_BANDWIDTH] BIND_LOCAL BASE memkind_hbw
            [HIGH_BANDWIDTH] BIND_LOCAL HUGETLB_2M memkind_hbw_hugetlb
            [HIGH_BANDWIDTH] BIND_LOCAL HUGETLB_1G memkind_hbw_hugetlb_1gb
            [HIGH_BANDWIDTH] BIND_ALL BASE memkind_hbw_all
            [HIGH_BANDWIDTH] BIND_ALL HUGETLB_2M memkind_hbw_all_hugetlb
            [HIGH_BANDWIDTH] BIND_ALL HUGETLB_1G memkind_hbw_all_hugetlb_1gb
            [HIGH_BANDWIDTH] PREFERRED_LOCAL BASE memkind_hbw_preferred
            [HIGH_BANDWIDTH] PREFERRED_LOCAL HUGETLB_2M memkind_hbw_preferred_hugetlb
            [HIGH_BANDWIDTH] PREFERRED_LOCAL HUGETLB_1G memkind_hbw_preferred_hugetlb_1gb
            [HIGH_BANDWIDTH] INTERLEAVE_LOCAL BASE memkind_hbw_interleave_local
            [HIGH_BANDWIDTH] INTERLEAVE_ALL BASE memkind_hbw_interleave
            [DEFAULT, HIGH_BANDWIDTH] INTERLEAVE_LOCAL BASE memkind_interleave_local
            [DEFAULT, HIGH_BANDWIDTH] INTERLEAVE_ALL BASE memkind_interleave
            """;

    private static Machines plain() {
        return Machines.empty().node(0, "0", 4);
    }

    private static Topology pages(long totalPages) {
        return plain().pool(2 << 20, totalPages, 0)
                .nodePool(0, 2 << 20, totalPages)
                .build();
    }

    private static Choice choose(
            Set<MemoryType> types, BindPolicy policy, PageKind pages, Topology topology, NodeOverrides overrides) {
        return CreateKind.choose(types, policy, pages, topology, overrides);
    }

    @Test
    void combinationsOfTheCLibraryAndOfOurs() {
        List<Set<MemoryType>> subsets =
                List.of(EnumSet.noneOf(MemoryType.class), DEFAULT, HBW, EnumSet.allOf(MemoryType.class));
        String found = subsets.stream()
                .flatMap(types -> Stream.of(BindPolicy.values())
                        .flatMap(policy -> Stream.of(PageKind.values())
                                .flatMap(pages -> CreateKind.match(types, policy, pages).stream()
                                        .map(kind -> types.stream().sorted().toList() + " " + policy + " " + pages + " "
                                                + kind.name() + "\n"))))
                .collect(Collectors.joining());
        assertThat(found).isEqualTo(TABLE);
    }

    @Test
    void anAvailableKindIsChosen() {
        assertThat(choose(HBW, BindPolicy.BIND_LOCAL, PageKind.BASE, plain().build(), Outcomes.hbwNodes(0)))
                .isEqualTo(new Chosen(StaticKind.HBW.spec(), Optional.empty()));
    }

    @Test
    void anotherCombinationIsRefused() {
        Refused refused = (Refused)
                choose(HBW, BindPolicy.INTERLEAVE_ALL, PageKind.HUGETLB_2M, plain().build(), NodeOverrides.NONE);
        assertThat(refused.cause().error()).isEqualTo(SelectionError.INVALID);
        assertThat(refused.cause().reason())
                .isEqualTo("no kind has memory types [HIGH_BANDWIDTH] with policy INTERLEAVE_ALL and HUGETLB_2M pages");
        assertThat(refused.cause().remedy())
                .startsWith("use one of [HIGH_BANDWIDTH] BIND_LOCAL BASE, ")
                .endsWith("[DEFAULT, HIGH_BANDWIDTH] INTERLEAVE_LOCAL BASE");
    }

    @Test
    void aBindingKindThatIsNotAvailableIsRefused() {
        Refused refused =
                (Refused) choose(HBW, BindPolicy.BIND_ALL, PageKind.BASE, plain().build(), Outcomes.hbwNodes(5));
        assertThat(refused.cause().error()).isEqualTo(SelectionError.MEMTYPE_NOT_AVAILABLE);
        assertThat(refused.cause().reason()).contains("node 5");
        Refused pageless =
                (Refused) choose(HBW, BindPolicy.BIND_ALL, PageKind.HUGETLB_2M, pages(0), Outcomes.hbwNodes(0));
        assertThat(pageless.cause().error()).isEqualTo(SelectionError.HUGETLB);
    }

    @Test
    void aPreferringKindGivesWayToOrdinaryMemory() {
        Chosen chosen =
                (Chosen) choose(HBW, BindPolicy.PREFERRED_LOCAL, PageKind.BASE, plain().build(), NodeOverrides.NONE);
        assertThat(chosen.kind()).isEqualTo(StaticKind.DEFAULT.spec());
        assertThat(chosen.insteadOf().orElseThrow().error()).isEqualTo(SelectionError.MEMTYPE_NOT_AVAILABLE);
    }

    /* The C library hands out MEMKIND_DEFAULT here, with base pages. */
    @Test
    void hugePagesAreNotLostSilently() {
        Chosen chosen =
                (Chosen) choose(HBW, BindPolicy.PREFERRED_LOCAL, PageKind.HUGETLB_2M, pages(1), NodeOverrides.NONE);
        assertThat(chosen.kind()).isEqualTo(StaticKind.HUGETLB.spec());
        assertThat(chosen.insteadOf()).isPresent();
        Refused refused =
                (Refused) choose(HBW, BindPolicy.PREFERRED_LOCAL, PageKind.HUGETLB_2M, pages(0), NodeOverrides.NONE);
        assertThat(refused.cause().error()).isEqualTo(SelectionError.HUGETLB);
        Refused plainlyRefused = (Refused)
                choose(DEFAULT, BindPolicy.PREFERRED_LOCAL, PageKind.HUGETLB_2M, pages(0), NodeOverrides.NONE);
        assertThat(plainlyRefused.cause().error()).isEqualTo(SelectionError.HUGETLB);
    }
}
