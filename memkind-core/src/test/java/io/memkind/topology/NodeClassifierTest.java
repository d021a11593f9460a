package io.memkind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NodeClassifierTest {
    private static final long GIB_KIB = 1 << 20;

    @TempDir
    private Path root;

    private SysfsTree tree;

    @BeforeEach
    void plant() {
        tree = new SysfsTree(root);
    }

    /* Two nodes with processors and two of memory only. */
    private SysfsTree twoSockets() throws IOException {
        return tree.node(0, "0-3", 64 * GIB_KIB, GIB_KIB)
                .node(1, "4-7", 64 * GIB_KIB, GIB_KIB)
                .node(2, "", 256 * GIB_KIB, GIB_KIB)
                .node(3, "", 256 * GIB_KIB, GIB_KIB);
    }

    private void expect(NodeOverrides overrides, String... expected) {
        List<NodeVerdict> verdicts = NodeClassifier.classify(tree.read(), overrides);
        assertThat(verdicts).hasSameSizeAs(expected);
        for (int i = 0; i < expected.length; i++) {
            NodeVerdict verdict = verdicts.get(i);
            String[] parts = expected[i].split(": ", 2);
            assertThat(verdict.nodeClass().label()).as("%s", verdict).isEqualTo(parts[0]);
            assertThat(verdict.reason()).contains(parts[1]).doesNotEndWith(".");
        }
    }

    private void expect(String... expected) {
        expect(NodeOverrides.NONE, expected);
    }

    private static NodeOverrides threshold(long mibps) {
        return new NodeOverrides(Optional.empty(), OptionalLong.of(mibps), Optional.empty());
    }

    @Test
    void nothingIsKnownOfMemoryOnlyNodesOfAnOldKernel() throws IOException {
        twoSockets();

        expect(
                "dram: processors",
                "dram: processors",
                "other: nothing tells what memory",
                "other: nothing tells what memory");
    }

    @Test
    void userListsGoBeforeEverything() throws IOException {
        twoSockets().tier(4, "0-1").tier(5, "2-3").node(5, "", 0, 0);
        NodeOverrides overrides =
                new NodeOverrides(Optional.of(List.of(0, 5)), OptionalLong.empty(), Optional.of(List.of(0, 2)));

        expect(
                overrides,
                "high-bandwidth: MEMKIND_HBW_NODES lists it, and so does MEMKIND_DAX_KMEM_NODES",
                "dram: processors",
                "dax-kmem: MEMKIND_DAX_KMEM_NODES lists it",
                "other: memory tier 5, below tier 4 of ordinary memory; MEMKIND_DAX_KMEM_NODES does not list it",
                "high-bandwidth: MEMKIND_HBW_NODES lists it");
    }

    @Test
    void anEmptyListOfHighBandwidthNodesMeansNone() throws IOException {
        twoSockets().access(2, 0, List.of(0), 400_000, 100).access(0, 0, List.of(0), 100_000, 100);
        NodeOverrides none = new NodeOverrides(Optional.of(List.of()), OptionalLong.of(1), Optional.empty());

        expect(
                none,
                "dram: proc",
                "dram: proc",
                "other: 400000 MiB/s, ordinary memory 100000: faster",
                "other: nothing");
    }

    @Test
    void aDaxDeviceInSystemRamModeIsDaxKmem() throws IOException {
        twoSockets()
                .dax("dax0.0", "LNXSYSTM:00/ACPI0012:00/ndbus0/region0/dax0.1", "kmem", 1L << 38, 2)
                .dax("dax1.0", "platform/ACPI0017:00/root0/decoder0.0/region1/dax_region1", "kmem", 1L << 38, 3)
                .dax("dax2.0", "platform/hmem.0", "device_dax", 1L << 38, 4);

        expect(
                "dram: processors",
                "dram: processors",
                "dax-kmem: dax0.0 in system-ram mode: persistent memory",
                "dax-kmem: dax1.0 in system-ram mode: CXL memory");
    }

    @Test
    void anEmptyListOfDaxNodesMeansNone() throws IOException {
        twoSockets().dax("dax0.0", "platform/hmem.0", "kmem", 1L << 38, 2);

        expect(
                new NodeOverrides(Optional.empty(), OptionalLong.empty(), Optional.of(List.of())),
                "dram: processors",
                "dram: processors",
                "other: nothing",
                "other: nothing");
    }

    @Test
    void aDeviceMayBeAllOrAPartOfANodeWithProcessors() throws IOException {
        twoSockets()
                .dax("dax0.0", "platform/hmem.0", "kmem", 64L << 30, 0)
                .dax("dax1.0", "platform/hmem.1", "kmem", 1L << 30, 1);

        expect(
                "dax-kmem: dax0.0 in system-ram mode",
                "dram: processors, with that of dax1.0",
                "other: nothing",
                "other: nothing");
    }

    @ParameterizedTest
    @CsvSource({
        "87, 4, high-bandwidth: MCDRAM",
        "133, 4, high-bandwidth: MCDRAM",
        "85, 4, other: nothing",
        "87, 5, other: nothing"
    })
    void xeonPhiHasMcdramInTheLayoutsOfTheCLibrary(int model, int nodes, String third) throws IOException {
        twoSockets().intel(6, model, "Phi");
        if (nodes == 5) {
            tree.node(4, "", GIB_KIB, 0);
            expect("dram: proc", "dram: proc", third, third, third);
        } else {
            expect("dram: proc", "dram: proc", third, third);
        }
    }

    @Test
    void xeonPhiIsKnownWithoutProcAndWithoutRegardToTheThreshold() throws IOException {
        twoSockets().file("sys/devices/system/cpu/modalias", "cpu:type:x86,ven0000fam0006mod0057:feature:,0000\n");

        expect(threshold(1 << 30), "dram: proc", "dram: proc", "high-bandwidth: MCDRAM", "high-bandwidth: MCDRAM");
    }

    @Test
    void xeonMaxHasHbmInItsMemoryOnlyNodesUnlessThoseAreDevices() throws IOException {
        twoSockets()
                .intel(6, 143, "Intel(R) Xeon(R) CPU Max 9460")
                .dax("dax0.0", "platform/ACPI0017:00/root0/region0", "kmem", 1L << 38, 3);

        expect("dram: proc", "dram: proc", "high-bandwidth: HBM of Xeon CPU Max", "dax-kmem: CXL memory");
        expect(threshold(1 << 30), "dram: proc", "dram: proc", "other: nothing", "dax-kmem: CXL memory");
    }

    @Test
    void a64fxHasNothingButHbm() throws IOException {
        tree.node(0, "0-11", 8 * GIB_KIB, 0)
                .node(1, "12-23", 8 * GIB_KIB, 0)
                .file("proc/cpuinfo", "CPU implementer\t: 0x46\nCPU architecture: 8\nCPU part\t: 0x001\n");

        expect("high-bandwidth: HBM2", "high-bandwidth: HBM2");
    }

    @Test
    void aMemoryOnlyNodeThatReachesTheThresholdIsHighBandwidth() throws IOException {
        twoSockets()
                .access(0, 0, List.of(0), 204_799, 72)
                .access(1, 0, List.of(1), 204_800, 72)
                .access(2, 0, List.of(0), 204_800, 170)
                .access(3, 0, List.of(1), 204_799, 170);

        expect(
                "dram: the memory of processors",
                "dram: its 204800 MiB/s reach the threshold",
                "high-bandwidth: 204800 MiB/s reach the threshold of 204800",
                "dax-kmem: 170 ns, ordinary memory 72");
    }

    @Test
    void theUsersThresholdHoldsForEveryNode() throws IOException {
        twoSockets().access(0, 0, List.of(0), 111_000, 72).access(2, 0, List.of(0), 25_600, 176);

        expect(
                threshold(30_000),
                "high-bandwidth: 111000 MiB/s reach MEMKIND_HBW_THRESHOLD=30000",
                "dram: proc",
                "dax-kmem: 25600 MiB/s, ordinary memory 111000: CXL or persistent memory",
                "other: nothing");
        expect(threshold(0), "high-bandwidth: 111000", "dram: proc", "high-bandwidth: 25600", "other: nothing");
    }

    @Test
    void theBandwidthIsTheMeanOfBothDirectionsAsProcessorsSeeIt() throws IOException {
        twoSockets()
                .access(2, 0, List.of(9), 900_000, 1)
                .access(2, 1, List.of(0), 200_000, 1)
                .file("sys/devices/system/node/node2/access1/initiators/read_bandwidth", "209600");

        expect("dram: proc", "dram: proc", "high-bandwidth: 204800 MiB/s", "other: nothing");
    }

    @Test
    void aMemoryOnlyNodeInALowerTierIsDaxKmem() throws IOException {
        twoSockets().tier(4, "0-1,3").tier(22, "2").nodes("has_memory", "0-3").nodes("has_normal_memory", "0-1");

        expect(
                "dram: proc",
                "dram: proc",
                "dax-kmem: memory tier 22, below tier 4 of ordinary memory: CXL or persistent memory",
                "dram: memory tier 4 of ordinary memory");
    }

    @Test
    void aMemoryOnlyNodeInAHigherTierIsHighBandwidthUnlessItsBandwidthSaysOtherwise() throws IOException {
        twoSockets()
                .tier(4, "0-1")
                .tier(3, "2-3")
                .access(3, 0, List.of(0), 150_000, 0)
                .access(0, 0, List.of(0), 100_000, 0);

        expect(
                "dram: proc",
                "dram: proc",
                "high-bandwidth: memory tier 3, above tier 4",
                "other: faster, but below the threshold");
    }

    @Test
    void equalSpeedIsDramWithinATenth() throws IOException {
        twoSockets()
                .tier(4, "0-3")
                .access(0, 0, List.of(0), 100_000, 100)
                .access(2, 0, List.of(0), 91_000, 109)
                .access(3, 0, List.of(0), 89_000, 100);

        expect("dram: proc", "dram: proc", "dram: memory tier 4", "dax-kmem: 89000 MiB/s, ordinary memory 100000");
    }

    @Test
    void aMemoryOnlyNodeBeyondAllProcessorsIsDaxKmem() throws IOException {
        twoSockets()
                .distance(0, "10 21 20 40")
                .distance(1, "21 10 40 22")
                .distance(2, "20 40 10 40")
                .distance(3, "40 22 40 10");

        expect(
                "dram: proc",
                "dram: proc",
                "other: nothing",
                "dax-kmem: at distance 22, ordinary memory at 21 at most: CXL or persistent memory");
    }

    @Test
    void theZoneTellsMemoryThatWasAddedAtRunTime() throws IOException {
        twoSockets().nodes("has_memory", "0-3").nodes("has_normal_memory", "0-1,3");

        expect("dram: proc", "dram: proc", "dax-kmem: added at run time", "dram: nothing says that it is slower");
    }

    @Test
    void memoryOfAGpuByItsDriver() throws IOException {
        twoSockets()
                .tier(4, "0-3")
                .pciDevice("0004:05:00.0", "0x030000", "0x10de", 0)
                .file("proc/driver/nvidia/gpus/0004:05:00.0/numa_status", "Node:      2\nStatus:    online\n")
                .file("proc/driver/nvidia/gpus/0004:06:00.0/numa_status", "Node:      3\nStatus:    offline\n");

        expect(
                "dram: proc",
                "dram: proc",
                "other: memory of the GPU or accelerator at PCI address 0004:05:00.0",
                "dram: memory tier 4");
    }

    @Test
    void memoryOfAGpuThatIsAttachedToTheNode() throws IOException {
        twoSockets()
                .pciDevice("0009:01:00.0", "0x030200", "0x10de", 3)
                .pciDevice("0001:01:00.0", "0x020000", "0x8086", 2);

        expect(
                "dram: proc",
                "dram: proc",
                "other: nothing",
                "other: memory of the GPU or accelerator at PCI address 0009");
    }

    @ParameterizedTest
    @CsvSource({
        "cpu, POWER9, 0x10de, other: likely memory of a GPU",
        "CPU implementer, 0x41, 0x10de, other: likely memory of a GPU",
        "CPU implementer, 0x41, 0x1a03, dax-kmem: added at run time",
        "vendor_id, GenuineIntel, 0x10de, dax-kmem: added at run time"
    })
    void memoryAddedAtRunTimeBesideGpus(String key, String value, String vendor, String expected) throws IOException {
        twoSockets()
                .nodes("has_memory", "0-3")
                .nodes("has_normal_memory", "0-1")
                .file("proc/cpuinfo", key + "\t: " + value + "\n")
                .pciDevice("0004:05:00.0", "0x030000", vendor, -1);

        expect("dram: proc", "dram: proc", expected, expected);
    }

    @Test
    void nodesWithoutMemoryOrWithoutAnything() throws IOException {
        tree.node(0, "0-3", GIB_KIB, 0).node(1, "4-7", 0, 0).node(2, "", 0, 0);

        expect("dram: proc", "other: a node of processors only", "other: no processors either");
    }

    @Test
    void sizesThatWereNotCapturedAreNotZero() throws IOException {
        tree.file("sys/devices/system/node/node0/cpumap", "3").file("sys/devices/system/node/node1/cpumap", "0");

        expect("dram: proc", "other: nothing tells how much memory");
    }

    @Test
    void processorsWithoutMemoryHaveTheNearest() throws IOException {
        tree.node(0, "0-3", 0, 0)
                .node(1, "", GIB_KIB, 0)
                .node(2, "", GIB_KIB, 0)
                .distance(0, "10 11 17")
                .distance(1, "11 10 17")
                .distance(2, "17 17 10")
                .access(1, 1, List.of(0), 130_000, 26)
                .access(2, 1, List.of(0), 78_000, 77);

        expect("other: processors only", "dram: nearest memory of processors", "dax-kmem: 78000 MiB/s");
    }

    @Test
    void processorsThatAreOfflineStillMakeDram() throws IOException {
        twoSockets()
                .node(3, "8-9", GIB_KIB, 0)
                .file("sys/devices/system/cpu/online", "0-7\n")
                .tier(4, "0-1")
                .tier(5, "2");

        expect("dram: proc", "dram: proc", "dax-kmem: tier 5", "dram: processors that are offline");
    }

    @Test
    void anOfflineNodeAndAMemorySideCache() throws IOException {
        twoSockets()
                .nodes("online", "0,2-3")
                .file("sys/devices/system/node/node0/memory_side_cache/index1/size", "1024");

        expect("dram: behind a memory-side cache", "other: offline", "other: nothing", "other: nothing");
    }
}
