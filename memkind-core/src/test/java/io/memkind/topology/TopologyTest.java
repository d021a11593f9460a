package io.memkind.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TopologyTest {
    @TempDir
    private Path root;

    private SysfsTree tree;

    @BeforeEach
    void plant() {
        tree = new SysfsTree(root);
    }

    @Test
    void readsNodesByAscendingId() throws IOException {
        Topology topology = tree.node(10, "8-9", 4096, 1024)
                .node(0, "0-3", 16384, 8192)
                .node(2, "4-7", 8192, 0)
                .read();

        assertThat(topology.nodes())
                .containsExactly(
                        new NumaNode(0, List.of(0, 1, 2, 3), 16384 * 1024, 8192 * 1024),
                        new NumaNode(2, List.of(4, 5, 6, 7), 8192 * 1024, 0),
                        new NumaNode(10, List.of(8, 9), 4096 * 1024, 1024 * 1024));
    }

    @Test
    void readsNodesWithoutProcessorsOrMemory() throws IOException {
        Topology topology = tree.node(0, "0-1", 0, 0).node(1, "", 1L << 32, 5).read();

        assertThat(topology.nodes())
                .containsExactly(new NumaNode(0, List.of(0, 1), 0, 0), new NumaNode(1, List.of(), 1L << 42, 5 * 1024));
    }

    @Test
    void readsListsOfRangesAndSingles() throws IOException {
        Topology topology = tree.node(0, "0-3,8,10-11", 1, 1).read();

        assertThat(topology.nodes().get(0).cpus()).containsExactly(0, 1, 2, 3, 8, 10, 11);
    }

    @Test
    void ignoresWhatIsNoNode() throws IOException {
        Topology topology = tree.node(3, "0", 1, 1)
                .file("sys/devices/system/node/online", "0-3\n")
                .file("sys/devices/system/node/nodes/cpulist", "0\n")
                .file("sys/devices/system/node/node/cpulist", "0\n")
                .file("sys/devices/system/node/node99999999999/cpulist", "0\n")
                .read();

        assertThat(topology.nodes()).extracting(NumaNode::id).containsExactly(3);
    }

    @Test
    void readsPoolsByAscendingSize() throws IOException {
        Topology topology = tree.pool(1048576, 4, 3, 0)
                .pool(2048, 512, 100, 64)
                .pool(64, 0, 0, 0)
                .read();

        assertThat(topology.hugePagePools())
                .containsExactly(
                        new HugePagePool(64L << 10, 0, 0, 0),
                        new HugePagePool(2L << 20, 512, 100, 64),
                        new HugePagePool(1L << 30, 4, 3, 0));
        assertThat(topology.hugePagePool(2L << 20).freePages()).isEqualTo(100);
    }

    @Test
    void givesAnEmptyPoolForAnUnsupportedSize() throws IOException {
        Topology topology = tree.pool(2048, 512, 100, 64).read();

        assertThat(topology.hugePagePool(1L << 30)).isEqualTo(new HugePagePool(1L << 30, 0, 0, 0));
    }

    @ParameterizedTest
    @CsvSource({
        "[always] madvise never, ALWAYS",
        "always [madvise] never, MADVISE",
        "always madvise [never], NEVER",
        "always madvise never,   UNKNOWN",
        "[sometimes],            UNKNOWN",
        "'',                     UNKNOWN",
    })
    void readsTheModeInBrackets(String content, TransparentHugePages mode) throws IOException {
        assertThat(tree.transparentHugePages(content).read().transparentHugePages())
                .isEqualTo(mode);
    }

    @Test
    void readsTheMemoryOfTheMachine() throws IOException {
        Topology topology = tree.file(
                        "proc/meminfo",
                        "MemTotal:       24684084 kB\nMemFree:        1 kB\nMemAvailable:   24000000 kB\nSwapTotal: 7 kB\n")
                .read();

        assertThat(topology.totalBytes()).isEqualTo(24684084L * 1024);
        assertThat(topology.availableBytes()).isEqualTo(24000000L * 1024);
    }

    @Test
    void readsTheRunningMachine() {
        Topology topology = Topology.read();

        assertThat(topology.totalBytes()).isPositive();
        assertThat(topology.availableBytes()).isPositive().isLessThanOrEqualTo(topology.totalBytes());
        assertThat(topology.nodes()).extracting(NumaNode::id).isSorted().doesNotHaveDuplicates();
        assertThat(topology.nodes()).allSatisfy(node -> {
            assertThat(node.totalBytes()).isBetween(0L, topology.totalBytes() * 2);
            assertThat(node.freeBytes()).isBetween(0L, node.totalBytes());
        });
        assertThat(topology.hugePagePools()).allSatisfy(pool -> {
            assertThat(Long.bitCount(pool.pageByteSize())).isOne();
            assertThat(pool.freePages()).isBetween(0L, pool.totalPages());
        });
    }
}
