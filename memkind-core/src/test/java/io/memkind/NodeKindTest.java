package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.memkind.attribute.BindPolicy;
import io.memkind.attribute.MemoryType;
import io.memkind.attribute.NodePolicy;
import io.memkind.attribute.PageKind;
import io.memkind.internal.heap.HeapOptions;
import io.memkind.internal.select.StaticKind;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Kinds over nodes, on the nodes of this machine. What needs several nodes is proved by the testbed. */
class NodeKindTest {
    private static final int NODE = Topology.read().allowedNodes().get(0);

    private static int absentNode() {
        return Topology.read().nodes().stream().mapToInt(NumaNode::id).max().orElse(0) + 1;
    }

    @ParameterizedTest
    @EnumSource(value = NodePolicy.class, names = "NONE", mode = EnumSource.Mode.EXCLUDE)
    void givenNodesHoldTheMemory(NodePolicy policy) {
        try (MemoryKind kind = Kinds.onNodes(NODE).policy(policy).build()) {
            if (!kind.availability().available()) {
                assertThat(policy).isEqualTo(NodePolicy.WEIGHTED_INTERLEAVE);
                return;
            }
            MemorySegment segment = kind.allocate(3 << 20, 4096).fill((byte) 1);
            PlacementCheck check = kind.verify(segment);
            assertThat(check.holds()).isTrue();
            assertThat(check.nodes()).containsExactly(NODE);
            assertThat(check.misplacedBytes()).isZero();
            kind.free(segment);
            assertThat(kind.report().policy()).isEqualTo(policy);
            assertThat(kind.report().nodes()).containsExactly(NODE);
        }
    }

    @Test
    void aNodeThatIsNotThereMakesTheKindUnavailable() {
        int absent = absentNode();
        try (MemoryKind kind = Kinds.onNodes(absent, NODE).name("far").build()) {
            assertThat(kind.availability().available()).isFalse();
            assertThat(kind.availability().reason()).startsWith("node " + absent + " is not among");
            assertThatExceptionOfType(KindExhaustedException.class)
                    .isThrownBy(() -> kind.malloc(1))
                    .withMessageContaining("far has no memory for 1 bytes: node " + absent + " is not among")
                    .withMessageContaining("remedy: name other nodes");
            kind.trim();
            assertThat(kind.statistics().mappedBytes()).isZero();
        }
    }

    @Test
    void badBuildersAreRefused() {
        assertThatIllegalArgumentException().isThrownBy(Kinds::onNodes).withMessageContaining("at least one");
        assertThatIllegalArgumentException().isThrownBy(() -> Kinds.onNodes(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kinds.onNodes(1 << 20))
                .withMessageContaining("1048576");
        NodeKindBuilder builder = Kinds.onNodes(0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.policy(NodePolicy.PREFERRED))
                .withMessageContaining("[0, 1]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.policy(NodePolicy.NONE))
                .withMessageContaining("Kinds.DEFAULT");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.limitBytes(1))
                .withMessageContaining("limit 1 ");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> builder.decay(Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
        assertThatIllegalArgumentException().isThrownBy(() -> builder.name(" "));
        assertThatIllegalArgumentException()
                .isThrownBy(() ->
                        builder.limitBytes(1 << 20).pages(PageKind.HUGETLB_2M).build())
                .withMessageContaining("2097152");
    }

    @Test
    void interleavingMemoryRefusesTransparentHugePages() {
        try (MemoryKind kind = MemoryKind.builder(Kinds.INTERLEAVE).build()) {
            MemorySegment segment = kind.allocate(8 << 20, 2 << 20).fill((byte) 1);
            assertThat(kind.verify(segment).placement().bytesPerPageSize()).containsOnlyKeys(4096L);
        }
    }

    @Test
    void untouchedPagesAreAbsentAndHeapSegmentsAreRefused() {
        MemorySegment segment = Kinds.REGULAR.allocateUninitialized(64 << 20);
        PlacementCheck check = Kinds.REGULAR.verify(segment);
        assertThat(check.absentBytes()).isGreaterThan(32 << 20);
        assertThat(check.holds()).isTrue();
        Kinds.REGULAR.free(segment);
        assertThatIllegalArgumentException().isThrownBy(() -> Kinds.REGULAR.verify(MemorySegment.ofArray(new byte[1])));
    }

    @Test
    void memoryOfOthersIsJudgedByTheNodesOfTheKind() {
        try (Arena arena = Arena.ofConfined();
                MemoryKind absent = Kinds.onNodes(absentNode()).build()) {
            MemorySegment segment = arena.allocate(1 << 20);
            assertThat(Kinds.DEFAULT.verify(segment).holds()).isTrue();
            assertThat(Kinds.INTERLEAVE.verify(segment).misplacedBytes()).isZero();
            PlacementCheck check = absent.verify(segment);
            assertThat(check.holds()).isFalse();
            assertThat(check.misplacedBytes())
                    .isEqualTo(check.placement().residentBytes())
                    .isGreaterThanOrEqualTo(1 << 20);
        }
    }

    @Test
    void aBadVariableConcernsOnlyTheKindsThatReadIt() {
        Topology topology = Topology.read();
        Map<String, String> environment = Map.of("MEMKIND_HBW_NODES", "x", "MEMKIND_HBW_THRESHOLD", "many");
        assertThat(Kinds.HBW.report(topology, environment).availability().reason())
                .contains("MEMKIND_HBW_NODES='x'");
        assertThat(Kinds.DAX_KMEM.report(topology, environment).availability().reason())
                .doesNotContain("MEMKIND_HBW");
        assertThat(Kinds.REGULAR.report(topology, environment).availability().available())
                .isTrue();
        Map<String, String> threshold = Map.of("MEMKIND_HBW_THRESHOLD", "many");
        assertThat(Kinds.HBW_ALL.report(topology, threshold).availability().reason())
                .contains("MEMKIND_HBW_THRESHOLD='many'");
        Map<String, String> named = Map.of("MEMKIND_HBW_THRESHOLD", "many", "MEMKIND_HBW_NODES", "" + NODE);
        assertThat(Kinds.HBW_ALL.report(topology, named).availability().available())
                .isTrue();
    }

    @Test
    void nodesAreChosenAnewOnDemand() {
        boolean[] refused = {true};
        NodeMemory memory = new NodeMemory(
                StaticKind.REGULAR.spec(),
                () -> refused[0]
                        ? new Topology(List.of(), List.of(), Topology.read().transparentHugePages(), 0, 0)
                        : Topology.read(),
                Map.of());
        try (MemoryKind kind = MemoryKind.build(memory, "later", HeapOptions.DEFAULT)) {
            assertThatExceptionOfType(KindExhaustedException.class)
                    .isThrownBy(() -> kind.malloc(1))
                    .withMessageContaining("no NUMA nodes");
            refused[0] = false;
            kind.reevaluate();
            kind.free(kind.malloc(1));
        }
        Kinds.reevaluate();
        Kinds.REGULAR.free(Kinds.REGULAR.malloc(100));
    }

    @Test
    void attributesFindTheirKind() {
        assertThat(Kinds.matching(Set.of(MemoryType.DEFAULT), BindPolicy.PREFERRED_LOCAL, PageKind.BASE))
                .isSameAs(Kinds.DEFAULT);
        assertThat(Kinds.matching(Set.of(MemoryType.DEFAULT), BindPolicy.BIND_LOCAL, PageKind.BASE))
                .isSameAs(Kinds.LOCAL);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Kinds.matching(Set.of(), BindPolicy.BIND_ALL, PageKind.BASE))
                .withMessageContaining("no kind has memory types []");
        Set<MemoryType> fast = Set.of(MemoryType.HIGH_BANDWIDTH);
        if (Kinds.HBW.availability().available()) {
            assertThat(Kinds.matching(fast, BindPolicy.BIND_LOCAL, PageKind.BASE))
                    .isSameAs(Kinds.HBW);
        } else {
            assertThatExceptionOfType(KindUnavailableException.class)
                    .isThrownBy(() -> Kinds.matching(fast, BindPolicy.BIND_LOCAL, PageKind.BASE))
                    .satisfies(failure -> assertThat(failure.availability()).isEqualTo(Kinds.HBW.availability()));
            assertThat(Kinds.matching(fast, BindPolicy.PREFERRED_LOCAL, PageKind.BASE))
                    .isSameAs(Kinds.DEFAULT);
        }
    }

    @Test
    void namesFindTheirKind() {
        for (MemoryKind kind : Kinds.all()) {
            assertThat(Kinds.byName(kind.name())).contains(kind);
            assertThat(kind.report().name()).isEqualTo(kind.name());
        }
        assertThat(Kinds.byName("hbw_preferred")).contains(Kinds.HBW_PREFERRED);
        assertThat(Kinds.byName("nothing")).isEmpty();
        assertThat(Kinds.all()).doesNotHaveDuplicates();
    }

    /* MPOL_PREFERRED takes one node; the kernel would silently take the first of several. */
    @Test
    void aPreferringKindHasOneNodeForEachThread() {
        Topology machine = Topology.read();
        NumaNode node = machine.nodes().get(0);
        NodeMemory preferring = new NodeMemory(StaticKind.HBW_PREFERRED.spec(), () -> machine, Map.of());
        assertThat(preferring.oneIfPreferred(node, List.of(node.id(), node.id() + 7)))
                .containsExactly(node.id());
        assertThat(preferring.oneIfPreferred(node, List.of(node.id() + 8, node.id() + 9)))
                .containsExactly(node.id() + 8);
        NodeMemory binding = new NodeMemory(StaticKind.HBW.spec(), () -> machine, Map.of());
        assertThat(binding.oneIfPreferred(node, List.of(3, 4))).containsExactly(3, 4);
    }

    @Test
    void whatTheKernelRefusesIsNotAvailable() {
        Topology machine = Topology.read();
        Availability refusal = new Availability(false, "no mbind", "another kernel");
        List<List<Integer>> tried = new ArrayList<>();
        NodeMemory memory = new NodeMemory(StaticKind.REGULAR.spec(), () -> machine, Map.of(), (policy, nodes) -> {
            tried.add(nodes);
            return Optional.of(refusal);
        });
        KindReport report = memory.report("some");
        assertThat(report.availability()).isEqualTo(refusal);
        assertThat(tried).containsExactly(report.nodes());
        assertThat(memory.report("some", machine, Map.of()).availability().available())
                .isTrue();
    }
}
