package io.memkind.testbed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.KindExhaustedException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The probe, on the machine that runs the tests, whatever nodes it has. */
@SuppressWarnings("restricted")
class ProbeTest {
    @Test
    void regularMemoryIsBoundToTheNodesWithProcessors() {
        Set<Integer> nodes = Topology.read().nodes().stream()
                .filter(node -> !node.cpus().isEmpty())
                .map(NumaNode::id)
                .collect(Collectors.toSet());

        Observation seen = Probe.observe(Kinds.REGULAR);

        assertThat(new Expectation.OnNodes(new TreeSet<>(nodes), new TreeSet<>(nodes)).mismatch("regular", seen))
                .isEmpty();
        assertThat(new Expectation.NoPolicy().mismatch("default", seen)).isPresent();
    }

    @Test
    void defaultMemoryHasNoPolicy() {
        assertThat(new Expectation.NoPolicy().mismatch("default", Probe.observe(Kinds.DEFAULT)))
                .isEmpty();
    }

    @Test
    void aKindWithoutMemoryIsExhausted() {
        try (MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT)
                .name("small")
                .limitBytes(1 << 20)
                .build()) {
            assertThat(new Expectation.Exhausted().mismatch("small", Probe.observe(kind)))
                    .isEmpty();
            assertThatThrownBy(() -> kind.malloc(Probe.BLOCK_BYTES)).isInstanceOf(KindExhaustedException.class);
        }
    }

    @Test
    void theThreadRunsWhereItIsPinned() throws InterruptedException {
        /* A thread of its own, because the others are not to stay on one processor. */
        Thread thread = new Thread(() -> {
            Machine machine = new Machine();
            machine.runOn(machine.facts().initiators().first());
            assertThatThrownBy(() -> Kernel.pinToCpu(1023))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageStartingWith("sched_setaffinity to processor 1023 failed");
            assertThatThrownBy(() -> machine.runOn(4711)).hasMessage("node 4711 has no processor");
        });
        Throwable[] failure = new Throwable[1];
        thread.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
        thread.start();
        thread.join();

        assertThat(failure[0]).isNull();
    }

    @Test
    void theKernelTellsWherePagesAre() {
        long address = Kinds.DEFAULT.memalign(Probe.PAGE_BYTES, 4 * Probe.PAGE_BYTES);
        try {
            MemorySegment block = MemorySegment.ofAddress(address).reinterpret(4 * Probe.PAGE_BYTES);
            Probe.touch(block);

            int[] nodes = Kernel.nodesOfPages(address, 4);

            assertThat(nodes).hasSize(4);
            assertThat(Arrays.stream(nodes).mapToObj(Topology.read()::node)).allMatch(Optional::isPresent);
        } finally {
            Kinds.DEFAULT.free(address);
        }
    }

    @Test
    void pageSizesFollowTheNamesOfTheKinds() {
        assertThat(KindTraits.ofName("hbw_hugetlb_1gb").hugetlbPageBytes()).isEqualTo(1L << 30);
        assertThat(KindTraits.ofName("hbw_all_hugetlb").hugetlbPageBytes()).isEqualTo(2L << 20);
        assertThat(KindTraits.ofName("hbw_all").hugetlbPageBytes()).isZero();
    }

    @Test
    void modesFollowTheNamesOfTheKinds() {
        assertThat(PolicyMode.ofKind("hbw_preferred_hugetlb")).isEqualTo(PolicyMode.PREFERRED);
        assertThat(PolicyMode.ofKind("highest_capacity_local_preferred")).isEqualTo(PolicyMode.PREFERRED);
        assertThat(PolicyMode.ofKind("interleave")).isEqualTo(PolicyMode.INTERLEAVE);
        assertThat(PolicyMode.ofKind("hbw_interleave_local")).isEqualTo(PolicyMode.INTERLEAVE);
        assertThat(PolicyMode.ofKind("hbw_preferred_many")).isEqualTo(PolicyMode.PREFERRED_MANY);
        assertThat(PolicyMode.ofKind("weighted_interleave")).isEqualTo(PolicyMode.WEIGHTED_INTERLEAVE);
        assertThat(PolicyMode.ofKind("dax_kmem_all")).isEqualTo(PolicyMode.BIND);
        assertThat(PolicyMode.ofKind("hugetlb")).isEqualTo(PolicyMode.DEFAULT);
        assertThatThrownBy(() -> PolicyMode.of(17)).hasMessage("memory policy of unknown mode 17");
    }
}
