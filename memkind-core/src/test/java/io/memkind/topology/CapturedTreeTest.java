package io.memkind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The parts of a tree, in the forms that kernels of all ages and captures of all sorts have. */
class CapturedTreeTest {
    private static final String NODE0 = "sys/devices/system/node/node0/";

    @TempDir
    private Path root;

    private SysfsTree tree;

    @BeforeEach
    void plant() {
        tree = new SysfsTree(root);
    }

    private NumaNode node0() {
        return tree.read().node(0).orElseThrow();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "03|0,1",
                "00000000,0000000f|0,1,2,3",
                "00000001,80000000|31,32",
                "0000,00000000,00000100|8",
                "100000000|32",
                "F|0,1,2,3",
                "'3\n\u0000'|0,1",
                "'\u00003'|",
                "xyz|",
                "''|"
            })
    void processorsOfAMask(String mask, String cpus) throws IOException {
        tree.file(NODE0 + "cpumap", mask + "\n").file(NODE0 + "cpulist", "");

        assertThat(node0().cpus())
                .isEqualTo(
                        cpus == null
                                ? List.of()
                                : List.of(cpus.split(",", -1)).stream()
                                        .map(Integer::valueOf)
                                        .toList());
    }

    @Test
    void theMaskGoesBeforeTheList() throws IOException {
        tree.node(0, "0-7", 1, 1).file(NODE0 + "cpumap", "0f\n");
        assertThat(node0().cpus()).containsExactly(0, 1, 2, 3);

        tree.file(NODE0 + "cpumap", "00\n");
        assertThat(node0().cpus()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
    }

    @Test
    void processorsOfLinksOnly() throws IOException {
        tree.link(NODE0 + "cpu3", "../../cpu/cpu3").file(NODE0 + "cpu1/x", "").file(NODE0 + "cpufreq", "");

        assertThat(node0().cpus()).containsExactly(1, 3);
    }

    @Test
    void processorsThatAreOffline() throws IOException {
        tree.node(0, "0-7", 1, 1).file("sys/devices/system/cpu/online", "0-2,5-9\n");

        assertThat(node0().cpus()).containsExactly(0, 1, 2, 5, 6, 7);
        assertThat(node0().offlineCpus()).containsExactly(3, 4);
        assertThat(tree.read().onlineCpus()).containsExactly(0, 1, 2, 5, 6, 7, 8, 9);
    }

    @Test
    void processorsThatAreOfflineByTheirOwnFiles() throws IOException {
        tree.node(0, "0-2", 1, 1)
                .file("sys/devices/system/cpu/cpu0/x", "")
                .file("sys/devices/system/cpu/cpu1/online", "0\n")
                .file("sys/devices/system/cpu/cpu2/online", "1\n");

        assertThat(node0().cpus()).containsExactly(0, 2);
        assertThat(node0().offlineCpus()).containsExactly(1);
    }

    @Test
    void aMachineWithoutNumaHasProcessorsAndMemory() throws IOException {
        tree.file("sys/devices/system/cpu/online", "0-1\n").file("proc/meminfo", "MemTotal: 8 kB\n");

        Topology topology = tree.read();
        assertThat(topology.nodes()).isEmpty();
        assertThat(topology.onlineCpus()).containsExactly(0, 1);
        assertThat(topology.totalBytes()).isEqualTo(8192);
        assertThat(NodeClassifier.classify(topology, NodeOverrides.NONE)).isEmpty();
    }

    @Test
    void withoutProcTheMemoryIsThatOfTheNodes() throws IOException {
        tree.node(0, "0", 10, 1).node(1, "1", 20, 1);

        assertThat(tree.read().totalBytes()).isEqualTo(30 * 1024);
    }

    @Test
    void distancesOfSparseNodesGoByTheOrderOfIds() throws IOException {
        tree.node(0, "0", 1, 1).node(8, "1", 1, 1).node(252, "", 1, 1).distance(8, "40 10 80");

        assertThat(tree.read().node(8).orElseThrow().distances()).isEqualTo(Map.of(0, 40, 8, 10, 252, 80));
    }

    @Test
    void distancesCountNodesThatWereNotCaptured() throws IOException {
        tree.node(1, "0", 1, 1).distance(1, "21 10");
        assertThat(tree.read().node(1).orElseThrow().distances()).isEqualTo(Map.of(0, 21, 1, 10));

        tree.nodes("online", "1,5");
        assertThat(tree.read().node(1).orElseThrow().distances()).isEqualTo(Map.of(1, 21, 5, 10));

        tree.nodes("online", "1").nodes("possible", "1,6");
        assertThat(tree.read().node(1).orElseThrow().distances()).isEqualTo(Map.of(1, 21, 6, 10));
    }

    @Test
    void distancesThatCannotBeTold() throws IOException {
        tree.node(0, "0", 1, 1).node(1, "0", 1, 1).distance(0, "10 20 30").distance(1, "20 ten");

        assertThat(tree.read().nodes())
                .allSatisfy(node -> assertThat(node.distances()).isEmpty());
        assertThat(node0().distanceTo(1)).isEmpty();
    }

    @Test
    void performanceAttributes() throws IOException {
        tree.node(0, "0", 1, 1)
                .access(0, 1, List.of(3, 0), 1000, 0)
                .access(0, 0, List.of(4), 2000, 50)
                .file(NODE0 + "access2/targets/x", "");

        assertThat(node0().access())
                .containsExactly(
                        new AccessAttributes(
                                0,
                                List.of(4),
                                OptionalLong.of(2000),
                                OptionalLong.of(2000),
                                OptionalLong.of(50),
                                OptionalLong.of(50)),
                        new AccessAttributes(
                                1,
                                List.of(0, 3),
                                OptionalLong.of(1000),
                                OptionalLong.of(1000),
                                OptionalLong.empty(),
                                OptionalLong.empty()));
        assertThat(node0().processorAccess()).contains(node0().access().get(1));
    }

    @Test
    void performanceWithoutValuesOfProcessorsIsThatOfAnyInitiator() throws IOException {
        tree.node(0, "0", 1, 1).access(0, 1, List.of(0), 0, 0).access(0, 0, List.of(4), 2000, 50);

        assertThat(node0().processorAccess().orElseThrow().accessClass()).isZero();
    }

    @Test
    void theMeanDoesNotOverflow() {
        OptionalLong most = OptionalLong.of(Long.MAX_VALUE);
        OptionalLong none = OptionalLong.empty();

        assertThat(new AccessAttributes(0, List.of(), most, most, OptionalLong.of(3), none).bandwidthMiBps())
                .isEqualTo(most);
        assertThat(new AccessAttributes(0, List.of(), none, most, OptionalLong.of(3), none).latencyNanos())
                .isEmpty();
        assertThat(new AccessAttributes(0, List.of(), none, most, OptionalLong.of(3), none).bandwidthMiBps())
                .isEmpty();
        assertThat(new AccessAttributes(0, List.of(), most, OptionalLong.of(0), none, none).bandwidthMiBps())
                .isEmpty();
        assertThat(new AccessAttributes(0, List.of(), OptionalLong.of(2), OptionalLong.of(5), none, none)
                        .bandwidthMiBps())
                .hasValue(3);
    }

    @Test
    void readingAloneIsEnoughOfMeasuredValues() {
        AccessAttributes measured = new AccessAttributes(
                1,
                List.of(0),
                OptionalLong.of(900),
                OptionalLong.empty(),
                OptionalLong.of(80),
                OptionalLong.empty(),
                AttributeOrigin.MEASURED);

        assertThat(measured.bandwidthMiBps()).hasValue(900);
        assertThat(measured.latencyNanos()).hasValue(80);
        assertThat(measured.hasValues()).isTrue();
    }

    @Test
    void tiersCachesWeightsAndZones() throws IOException {
        tree.node(0, "0", 1, 1)
                .node(1, "", 1, 1)
                .tier(4, "0")
                .tier(12, "1-2")
                .file("sys/kernel/mm/mempolicy/weighted_interleave/node0", "7\n")
                .nodes("has_memory", "0-1")
                .nodes("has_normal_memory", "0")
                .file(NODE0 + "memory_side_cache/index1/size", "1024\n")
                .file(NODE0 + "memory_side_cache/index1/line_size", "64\n")
                .file(NODE0 + "memory_side_cache/index1/indexing", "0\n");

        NumaNode node1 = tree.read().node(1).orElseThrow();
        assertThat(node0().tier()).hasValue(4);
        assertThat(node1.tier()).hasValue(12);
        assertThat(node0().interleaveWeight()).hasValue(7);
        assertThat(node1.interleaveWeight()).isEmpty();
        assertThat(node0().movableOnly()).contains(false);
        assertThat(node1.movableOnly()).contains(true);
        assertThat(node0().memorySideCaches())
                .containsExactly(new MemorySideCache(1, 1024, 64, OptionalInt.of(0), OptionalInt.empty()));
    }

    @Test
    void highMemoryIsNotMovableOnly() throws IOException {
        tree.node(0, "0", 1, 1)
                .nodes("has_memory", "0")
                .nodes("has_normal_memory", "1")
                .nodes("has_high_memory", "0-1");
        assertThat(node0().movableOnly()).contains(false);

        tree.nodes("has_normal_memory", "").nodes("has_high_memory", "");
        assertThat(node0().movableOnly()).isEmpty();
    }

    @Test
    void emptyListOfOnlineNodesTellsNothing() throws IOException {
        assertThat(tree.node(0, "0", 1, 1)
                        .nodes("online", "")
                        .read()
                        .nodes()
                        .get(0)
                        .online())
                .isTrue();
        assertThat(tree.nodes("online", "1").read().nodes().get(0).online()).isFalse();
    }

    @Test
    void poolsOfANode() throws IOException {
        tree.node(0, "0", 1, 1)
                .file(NODE0 + "hugepages/hugepages-2048kB/nr_hugepages", "8\n")
                .file(NODE0 + "hugepages/hugepages-2048kB/free_hugepages", "5\n")
                .file(NODE0 + "hugepages/hugepages-2048kB/surplus_hugepages", "2\n")
                .file(NODE0 + "hugepages/hugepages-9007199254740992kB/nr_hugepages", "1\n")
                .file(NODE0 + "hugepages/hugepages-0kB/nr_hugepages", "1\n")
                .file(NODE0 + "hugepages/hugepages-kB/nr_hugepages", "1\n");

        assertThat(node0().hugePagePools()).containsExactly(new HugePagePool(2 << 20, 8, 5, 0, 2));
    }

    @Test
    void daxDevicesByNumberWithTheirMakeAndMode() throws IOException {
        tree.dax("dax10.0", "platform/ACPI0017:00/root0/nvdimm-bridge0/ndbus0/region0/dax0.0", "kmem", 1, 3)
                .dax("dax2.0", "platform/hmem.2", "device_dax", 2, -1)
                .dax("dax2.1", "platform/ACPI0017:00/root0/decoder0.0/region0/dax_region0", "kmem", 3, 4)
                .file("sys/bus/dax/devices/dax3.0/size", "4\n")
                .link("sys/bus/dax/devices/dax3.0/driver", "../../drivers/kmem")
                .link("sys/bus/dax/drivers/kmem/dax4.0", "../../../../devices/gone/dax4.0")
                .file("sys/bus/dax/devices/daxctl", "");

        assertThat(tree.read().daxDevices())
                .containsExactly(
                        new DaxDevice("dax2.0", 2, OptionalInt.empty(), false, DaxBacking.SOFT_RESERVED),
                        new DaxDevice("dax2.1", 3, OptionalInt.of(4), true, DaxBacking.CXL),
                        new DaxDevice("dax3.0", 4, OptionalInt.empty(), true),
                        new DaxDevice("dax4.0", 0, OptionalInt.empty(), true),
                        new DaxDevice("dax10.0", 1, OptionalInt.of(3), true, DaxBacking.PERSISTENT));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "vendor_id : AuthenticAMD;cpu family : 25;model : 17;model name : AMD EPYC|AuthenticAMD|25|17|AMD EPYC",
                "vendor : GenuineIntel;family : Itanium 2;model : 1|GenuineIntel|0|1|''",
                "vendor_id : IBM/S390;# processors : 4|IBM/S390|0|0|''",
                "processor : 0;cpu : POWER9, altivec supported|''|0|0|POWER9, altivec supported",
                "CPU implementer : 0x41;CPU architecture: 8;CPU part : 0xd87|0x41|8|3463|''",
                "CPU implementer : 0x41;CPU architecture: junk;CPU part : 0xzz|0x41|0|0|''",
                "Processor : ARMv7;Hardware : x|''|0|0|''",
            })
    void processorsOfAllArchitectures(String lines, String vendor, int family, int model, String name)
            throws IOException {
        tree.file("proc/cpuinfo", lines.replace(';', '\n') + "\n");

        assertThat(tree.read().processor()).isEqualTo(new Processor(vendor, family, model, name));
    }

    @Test
    void linksOutOfACapturedTreeCountAsMissing(@TempDir Path elsewhere) throws IOException {
        Files.writeString(elsewhere.resolve("cpulist"), "0-3\n");
        tree.node(0, "", 1, 1);
        Files.delete(root.resolve(NODE0 + "cpulist"));
        tree.link(NODE0 + "cpulist", elsewhere.resolve("cpulist").toString());
        assertThat(node0().cpus()).isEmpty();

        Files.move(root.resolve("sys"), elsewhere.resolve("sys"));
        tree.link("sys", elsewhere.resolve("sys").toString());
        assertThat(node0().totalBytes()).as("sys itself may be elsewhere").isEqualTo(1024);
    }

    @Test
    void linksInsideATreeAreFollowed() throws IOException {
        tree.file("sys/devices/other/cpulist", "5\n").link("sys/devices/system/node/node0", "../../other");

        assertThat(node0().cpus()).containsExactly(5);
        assertThat(node0().movableOnly()).isEqualTo(Optional.empty());
    }

    @Test
    void noMoreNodesThanAKernelCanHave() throws IOException {
        for (int id : IntStream.range(0, 3_000).toArray()) {
            Files.createDirectories(root.resolve("sys/devices/system/node/node" + id));
        }

        assertThat(tree.read().nodes())
                .hasSize(1024)
                .last()
                .extracting(NumaNode::id)
                .isEqualTo(1023);
    }

    @Test
    void oddNamesAreNoNodes() throws IOException {
        for (String name : List.of("node-1", "node+1", "node01", "node1a", "node 1", "node2147483648")) {
            Files.createDirectories(root.resolve("sys/devices/system/node/" + name));
        }

        assertThat(tree.read().nodes()).isEmpty();
    }
}
