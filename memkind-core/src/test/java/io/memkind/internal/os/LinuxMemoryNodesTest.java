package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The NUMA calls against the running kernel, which must have been built with NUMA; one node is enough. */
class LinuxMemoryNodesTest {
    private static final LinuxMemory MEMORY = LinuxMemory.INSTANCE;

    @BeforeAll
    static void needsTheCalls() {
        NumaCalls.assumeAllowed();
    }

    @Test
    void bindsMemoryToANode() {
        try (MappedMemory mapping = MappedMemory.ofPages(4)) {
            assertThat(MEMORY.bind(mapping.address(), mapping.byteSize(), MemoryPolicy.BIND, new long[] {1}))
                    .isZero();
            mapping.touch(0, 4);

            int[] nodes = new int[4];
            assertThat(MEMORY.nodesOf(mapping.address(), nodes)).isZero();
            assertThat(nodes).containsOnly(0);
        }
    }

    @Test
    void readsEveryBitOfTheMask() {
        try (MappedMemory mapping = MappedMemory.ofPages(1)) {
            long[] wide = {1, 0, 0, 0};
            assertThat(MEMORY.bind(mapping.address(), mapping.byteSize(), MemoryPolicy.INTERLEAVE, wide))
                    .isZero();
            /*
             * The highest bit of a word is read too: there is no such node. With that bit unread, the mask would be empty,
             * which PREFERRED takes for the local node.
             */
            long[] last = {1L << 63};
            assertThat(MEMORY.bind(mapping.address(), mapping.byteSize(), MemoryPolicy.PREFERRED, last))
                    .isEqualTo(-Errno.EINVAL);
        }
    }

    @Test
    void refusesAnEmptyMaskAndAnUnknownMode() {
        try (MappedMemory mapping = MappedMemory.ofPages(1)) {
            assertThat(MEMORY.bind(mapping.address(), mapping.byteSize(), MemoryPolicy.BIND, new long[] {0}))
                    .isEqualTo(-Errno.EINVAL);
            assertThat(MEMORY.bind(mapping.address(), mapping.byteSize(), 99, new long[] {1}))
                    .isEqualTo(-Errno.EINVAL);
        }
    }

    @Test
    void answersPagesThatAreNotPresentWithEnoentOrEfault() {
        try (MappedMemory mapping = MappedMemory.ofPages(6)) {
            assertThat(MEMORY.advise(mapping.address(), mapping.byteSize(), Advice.NOHUGEPAGE))
                    .isZero();
            mapping.touch(2, 2);

            int[] nodes = new int[6];
            Arrays.fill(nodes, Integer.MIN_VALUE);
            assertThat(MEMORY.nodesOf(mapping.address(), nodes)).isZero();
            /* EFAULT stands for a page that was read but never written, or for no page table at all. */
            assertThat(new int[] {nodes[0], nodes[1], nodes[4], nodes[5]})
                    .containsAnyOf(-Errno.ENOENT, -Errno.EFAULT)
                    .doesNotContain(0, Integer.MIN_VALUE);
            assertThat(nodes[2]).isNotNegative();
            assertThat(nodes[3]).isNotNegative();
        }
    }
}
