package io.memkind.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.internal.extent.FaultyMemory.Call;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.LinuxMemory;
import io.memkind.internal.os.NumaCalls;
import io.memkind.topology.Topology;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BoundBufferTest {
    private static final long BYTE_SIZE = 2 << 20;

    private final SimulatedNodes nodes = new SimulatedNodes();

    private BoundBuffer map(int node, boolean onlyNode) throws UnmeasuredException {
        return BoundBuffer.map(nodes, BYTE_SIZE, node, onlyNode);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 63, 64, 1023})
    void isAllThereAndGoesAwayAgain(int node) throws UnmeasuredException {
        try (BoundBuffer buffer = map(node, false)) {
            assertThat(nodes.residentBytes(buffer.address(), BYTE_SIZE)).isEqualTo(BYTE_SIZE);
            assertThat(buffer.hugeByteSize()).isBetween(0L, BYTE_SIZE);
        }
        assertThat(nodes.memory().mappedBytes()).isZero();
    }

    @Test
    void isOnANodeOfThisMachine() throws UnmeasuredException {
        NumaCalls.assumeAllowed();
        int node = Topology.read().allowedNodes().get(0);
        try (BoundBuffer buffer = BoundBuffer.map(LinuxMemory.INSTANCE, BYTE_SIZE, node, false)) {
            int[] found = new int[16];
            assertThat(LinuxMemory.INSTANCE.nodesOf(buffer.address(), found)).isZero();
            assertThat(found).containsOnly(node);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "MMAP, 1, 12, 'mmap failed: ENOMEM'",
        "MBIND, 1, 22, 'mbind to the node failed: EINVAL'",
        "MADVISE, 2, 14, 'populating its memory failed: EFAULT'",
        "MOVE_PAGES, 1, 1, 'move_pages, which tells where pages are, failed: EPERM'",
    })
    void saysWhichCallFailedAndLeavesNothingMapped(Call call, int nth, int errno, String message) {
        nodes.memory().failNth(call, nth, errno);

        assertThatThrownBy(() -> map(1, false))
                .isInstanceOf(UnmeasuredException.class)
                .hasMessageStartingWith(message);
        assertThat(nodes.memory().mappedBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"3, is on node 3", "-2, 'is missing: ENOENT'"})
    void doesNotTakeMemoryOfAnotherNodeForIt(int found, String message) {
        nodes.sendAstray(1, found);

        assertThatThrownBy(() -> map(1, false))
                .isInstanceOf(UnmeasuredException.class)
                .hasMessageContaining(message);
        assertThat(nodes.memory().mappedBytes()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"MBIND, 1", "MBIND, 38", "MOVE_PAGES, 1", "MOVE_PAGES, 38"})
    void needsNoNumaCallsWhereThereIsOneNode(Call call, int errno) throws UnmeasuredException {
        nodes.memory().failAll(call, errno);

        map(0, true).close();
        assertThatThrownBy(() -> map(0, false)).isInstanceOf(UnmeasuredException.class);
        assertThat(nodes.memory().mappedBytes()).isZero();
    }

    @Test
    void touchesItsPagesWhereTheKernelCannotPopulate() throws UnmeasuredException {
        nodes.memory().failAll(Call.MADVISE, Errno.EINVAL);

        try (BoundBuffer buffer = map(0, true)) {
            assertThat(nodes.residentBytes(buffer.address(), BYTE_SIZE)).isEqualTo(BYTE_SIZE);
        }
    }
}
