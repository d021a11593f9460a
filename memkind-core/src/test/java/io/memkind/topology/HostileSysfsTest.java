package io.memkind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trees that are incomplete, or not what a kernel would show. */
class HostileSysfsTest {
    private static final Topology NOTHING = new Topology(List.of(), List.of(), TransparentHugePages.UNKNOWN, 0, 0);

    @TempDir
    private Path root;

    private SysfsTree tree;

    @BeforeEach
    void plant() {
        tree = new SysfsTree(root);
    }

    @Test
    void readsNothingFromAnEmptyOrMissingTree() {
        assertThat(tree.read()).isEqualTo(NOTHING);
        assertThat(Topology.read(root.resolve("missing"))).isEqualTo(NOTHING);
    }

    @Test
    void readsNothingWhereDirectoriesAreFiles() throws IOException {
        tree.file("sys/devices/system/node", "junk").file("sys/kernel/mm/hugepages", "junk");

        assertThat(tree.read()).isEqualTo(NOTHING);
    }

    @Test
    void readsAMachineWithoutNuma() throws IOException {
        Topology topology = tree.pool(2048, 1, 1, 0)
                .transparentHugePages("always [madvise] never")
                .file("proc/meminfo", "MemTotal: 8 kB\n")
                .read();

        assertThat(topology)
                .isEqualTo(new Topology(
                        List.of(),
                        List.of(new HugePagePool(2L << 20, 1, 1, 0)),
                        TransparentHugePages.MADVISE,
                        8192,
                        0));
    }

    @Test
    void takesMissingFilesOfANodeAsNone() throws IOException {
        Files.createDirectories(root.resolve("sys/devices/system/node/node5"));

        assertThat(tree.read().nodes()).containsExactly(new NumaNode(5, List.of(), 0, 0));
    }

    /* A directory in place of a file cannot be read by anybody, root included. */
    @Test
    void takesUnreadableFilesOfANodeAsNone() throws IOException {
        Files.createDirectories(root.resolve("sys/devices/system/node/node0/cpulist"));
        Files.createDirectories(root.resolve("sys/devices/system/node/node0/meminfo"));
        Files.createDirectories(root.resolve("proc/meminfo"));
        Files.createDirectories(root.resolve("sys/kernel/mm/transparent_hugepage/enabled"));
        Files.createDirectories(root.resolve("sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages"));

        assertThat(tree.read())
                .isEqualTo(new Topology(
                        List.of(new NumaNode(0, List.of(), 0, 0)),
                        List.of(new HugePagePool(2L << 20, 0, 0, 0)),
                        TransparentHugePages.UNKNOWN,
                        0,
                        0));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"5-3|", "0-1,,3|0,1,3", "' 2 , 4-5 '|2,4,5", "','|", "''|"})
    void leavesOutWhatIsNoList(String list, String cpus) throws IOException {
        List<Integer> expected = cpus == null
                ? List.of()
                : List.of(cpus.split(",", -1)).stream().map(Integer::valueOf).toList();

        assertThat(tree.node(0, list, 1, 1).read().nodes().get(0).cpus()).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {"junk", "a-b", "x,y", "1-", "-3", "1-2-3", "0x2", "4294967296"})
    void leavesOutProcessorsThatDoNotParse(String list) throws IOException {
        assertThat(tree.node(0, list + ",7", 1, 1).read().nodes().get(0).cpus()).containsExactly(7);
    }

    @Test
    void boundsAnEndlessList() throws IOException {
        List<Integer> cpus = tree.node(0, "0-9223372036854775807", 1, 1)
                .read()
                .nodes()
                .get(0)
                .cpus();

        assertThat(cpus).hasSizeLessThanOrEqualTo(1 << 16);
    }

    @Test
    void takesNumbersThatDoNotParseAsZero() throws IOException {
        Topology topology = tree.file("proc/meminfo", "MemTotal: many kB\nMemAvailable:\n")
                .file("sys/devices/system/node/node0/meminfo", "Node 0 MemTotal: 99999999999999999999 kB\n")
                .file("sys/kernel/mm/hugepages/hugepages-2048kB/nr_hugepages", "twelve")
                .read();

        assertThat(topology.totalBytes()).isZero();
        assertThat(topology.availableBytes()).isZero();
        assertThat(topology.nodes()).containsExactly(new NumaNode(0, List.of(), 0, 0));
        assertThat(topology.hugePagePools()).containsExactly(new HugePagePool(2L << 20, 0, 0, 0));
    }

    @Test
    void keepsGoodPoolsBesideABadOne() throws IOException {
        tree.pool(2048, 3, 2, 1).file("sys/kernel/mm/hugepages/hugepages-junkkB/nr_hugepages", "1");

        assertThat(tree.read().hugePagePools()).containsExactly(new HugePagePool(2L << 20, 3, 2, 1));
    }

    @Test
    void survivesRandomBytesInEveryFile() throws IOException {
        for (long seed = 1; seed <= 200; seed++) {
            Random random = new Random(seed);
            tree.node(0, "0-3", 1, 1).pool(2048, 1, 1, 1).file("proc/meminfo", "MemTotal: 1 kB\n");
            for (String path : List.of(
                    "sys/devices/system/node/node0/cpulist",
                    "sys/devices/system/node/node0/meminfo",
                    "sys/kernel/mm/hugepages/hugepages-2048kB/free_hugepages",
                    "sys/kernel/mm/transparent_hugepage/enabled",
                    "proc/meminfo")) {
                tree.file(path, "");
                byte[] junk = new byte[random.nextInt(64)];
                random.nextBytes(junk);
                Files.write(root.resolve(path), junk);
            }
            Topology topology = tree.read();
            assertThat(topology.nodes()).as("nodes, seed %d", seed).hasSize(1);
            assertThat(topology.hugePagePools()).as("pools, seed %d", seed).hasSize(1);
        }
    }
}
