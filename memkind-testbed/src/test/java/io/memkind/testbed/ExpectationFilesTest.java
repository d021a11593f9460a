package io.memkind.testbed;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The expectation files beside the topologies. */
class ExpectationFilesTest {
    /** The static kinds: those of the C library, and others. */
    private static final List<String> KINDS = List.of(
            "default",
            "hbw",
            "hbw_preferred",
            "hbw_hugetlb",
            "hbw_preferred_hugetlb",
            "hugetlb",
            "hbw_interleave",
            "interleave",
            "regular",
            "hbw_all",
            "hbw_all_hugetlb",
            "dax_kmem",
            "dax_kmem_all",
            "dax_kmem_preferred",
            "dax_kmem_interleave",
            "highest_capacity",
            "highest_capacity_preferred",
            "highest_capacity_local",
            "highest_capacity_local_preferred",
            "lowest_latency_local",
            "lowest_latency_local_preferred",
            "highest_bandwidth_local",
            "highest_bandwidth_local_preferred",
            "default_thp",
            "local",
            "interleave_local",
            "weighted_interleave",
            "hbw_preferred_many",
            "hbw_interleave_local",
            "hugetlb_1gb",
            "hbw_hugetlb_1gb",
            "hbw_preferred_hugetlb_1gb",
            "hbw_all_hugetlb_1gb");

    private static final int LEAST_TOPOLOGIES = 30;

    static List<Path> files() throws IOException {
        String base = System.getProperty("basedir", System.getProperty("user.dir", ""));
        Path topologies = Path.of(base, "..", "testbed", "topologies").normalize();
        try (Stream<Path> files = Files.walk(topologies)) {
            return files.filter(file -> file.toString().endsWith(".expect"))
                    .sorted()
                    .toList();
        }
    }

    private static TopologyFile topologyOf(Path expectations) throws IOException {
        return TopologyFile.read(Path.of(expectations.toString().replaceAll("expect$", "topo")));
    }

    private static ExpectedRun run(Path file, String name) throws IOException {
        return ExpectedRun.find(ExpectationFile.read(file, topologyOf(file).facts()), name);
    }

    /** The nodes of the policies; empty if the kind is unavailable. */
    private static Optional<SortedMap<Integer, SortedSet<Integer>>> nodes(ExpectedRun run, String kind) {
        SortedMap<Integer, SortedSet<Integer>> nodes = new TreeMap<>();
        run.kinds().get(kind).forEach((initiator, expectation) -> {
            if (expectation instanceof Expectation.OnNodes onNodes) {
                nodes.put(initiator, onNodes.policyNodes());
            }
        });
        return nodes.isEmpty() ? Optional.empty() : Optional.of(nodes);
    }

    @Test
    void theKindsAreAllThatThereAre() {
        assertThat(KINDS)
                .containsExactlyInAnyOrderElementsOf(Kinds.all().stream()
                        .map(kind -> kind.name().replaceFirst("^memkind_", ""))
                        .toList());
    }

    @Test
    void everyLayoutOfTheCLibraryIsThere() throws IOException {
        assertThat(files()).hasSizeGreaterThanOrEqualTo(LEAST_TOPOLOGIES);
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFirstRunIsTheDefaultOneAndNamesEveryKind(Path file) throws IOException {
        List<ExpectedRun> runs = ExpectationFile.read(file, topologyOf(file).facts());

        assertThat(runs.getFirst().name()).isEqualTo("default");
        assertThat(runs.getFirst().kinds().keySet()).containsExactlyInAnyOrderElementsOf(KINDS);
        assertThat(runs).extracting(ExpectedRun::name).doesNotHaveDuplicates();
        assertThat(runs)
                .allSatisfy(run -> assertThat(run.kinds()).isNotEmpty())
                .allSatisfy(run -> assertThat(KINDS).containsAll(run.kinds().keySet()));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theFilesAgreeWithTheRules(Path file) throws IOException {
        NodeModel model = new NodeModel(topologyOf(file));
        ExpectedRun run = run(file, "default");

        assertThat(nodes(run, "hbw")).isEqualTo(model.highBandwidth(NodeModel.DEFAULT_THRESHOLD));
        assertThat(nodes(run, "hbw_preferred")).isEqualTo(model.highBandwidth(NodeModel.DEFAULT_THRESHOLD));
        assertThat(nodes(run, "hbw_all")).isEqualTo(model.highBandwidthAll(NodeModel.DEFAULT_THRESHOLD));
        assertThat(nodes(run, "hbw_interleave")).isEqualTo(model.highBandwidthAll(NodeModel.DEFAULT_THRESHOLD));
        assertThat(nodes(run, "hbw_preferred_many")).isEqualTo(model.highBandwidth(NodeModel.DEFAULT_THRESHOLD));
        assertThat(nodes(run, "hbw_interleave_local")).isEqualTo(model.highBandwidth(NodeModel.DEFAULT_THRESHOLD));
        assertThat(nodes(run, "local")).isEqualTo(model.own());
        assertThat(nodes(run, "interleave_local")).isEqualTo(model.local());
        assertThat(nodes(run, "dax_kmem")).isEqualTo(model.dax());
        assertThat(nodes(run, "dax_kmem_all")).isEqualTo(model.daxAll());
        assertThat(nodes(run, "highest_capacity_local")).isEqualTo(model.capacityLocal());
        assertThat(nodes(run, "highest_bandwidth_local")).isEqualTo(model.bandwidthLocal());
        assertThat(nodes(run, "lowest_latency_local")).isEqualTo(model.latencyLocal());
    }

    @ParameterizedTest
    @MethodSource("files")
    void weightsNeedANewerKernel(Path file) throws IOException {
        TopologyFile topology = topologyOf(file);
        KernelVersion without = new KernelVersion(6, 8);

        ExpectedRun newer = ExpectationFile.read(file, topology.facts(TopologyFile.NEWER_KERNEL))
                .getFirst();
        ExpectedRun older = ExpectationFile.read(file, topology.facts(without)).getFirst();

        assertThat(nodes(newer, "weighted_interleave")).isPresent().isEqualTo(nodes(newer, "interleave"));
        assertThat(older.kinds().get("weighted_interleave").values()).containsOnly(new Expectation.Unavailable("6.9"));
    }

    @ParameterizedTest
    @MethodSource("files")
    void theThresholdRunsAgreeWithTheRules(Path file) throws IOException {
        TopologyFile topology = topologyOf(file);
        NodeModel model = new NodeModel(topology);
        List<String> runs = new ArrayList<>();
        ExpectationFile.read(file, topology.facts()).forEach(run -> runs.add(run.name()));

        if (topology.hmat) {
            assertThat(runs).contains("threshold-1", "threshold-2-30");
        }
        for (String run : runs) {
            if (run.startsWith("threshold-1")) {
                assertThat(nodes(run(file, run), "hbw")).isEqualTo(model.highBandwidth(1));
                assertThat(nodes(run(file, run), "hbw_all")).isEqualTo(model.highBandwidthAll(1));
            } else if (run.equals("threshold-2-30")) {
                assertThat(nodes(run(file, run), "hbw")).isEqualTo(model.highBandwidth(1L << 30));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void theLargestNodeIsAmongThoseNamed(Path file) throws IOException {
        TopologyFile topology = topologyOf(file);
        SortedSet<Integer> largest = topology.facts().largest(new TreeSet<>(topology.mebibytes.keySet()));
        ExpectedRun run = run(file, "default");

        assertThat(nodes(run, "highest_capacity"))
                .isPresent()
                .hasValueSatisfying(byNode -> assertThat(byNode.values()).allMatch(nodes -> nodes.equals(largest)));
        assertThat(nodes(run, "highest_capacity_preferred").isPresent()).isEqualTo(largest.size() == 1);
    }
}
