package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against the running kernel. */
class LinuxMemoryTest {
    private static final LinuxMemory MEMORY = LinuxMemory.INSTANCE;

    @Test
    void mapsZeroedMemoryWithNothingBehindIt() {
        try (MappedMemory mapping = MappedMemory.ofPages(16)) {
            assertThat(mapping.address() % PageSize.BYTES).isZero();
            assertThat(mapping.residentBytes()).isZero();
            for (long offset = 0; offset < mapping.byteSize(); offset += 8) {
                assertThat(RawMemory.getLong(mapping.address() + offset)).isZero();
            }
        }
    }

    @Test
    void countsTouchedPagesAsResident() {
        try (MappedMemory mapping = MappedMemory.ofPages(64)) {
            assertThat(MEMORY.advise(mapping.address(), mapping.byteSize(), Advice.NOHUGEPAGE))
                    .isZero();
            mapping.touch(8, 5);

            assertThat(mapping.residentBytes()).isEqualTo(5 * PageSize.BYTES);
            assertThat(MEMORY.residentBytes(mapping.page(9), 2 * PageSize.BYTES))
                    .isEqualTo(2 * PageSize.BYTES);
            assertThat(MEMORY.residentBytes(mapping.page(20), 2 * PageSize.BYTES))
                    .isZero();
        }
    }

    /* More pages than one call of mincore is asked about. */
    @Test
    void countsResidentPagesOfALargeRange() {
        try (MappedMemory mapping = MappedMemory.ofPages((1 << 17) + 3)) {
            mapping.touch(0, 1);
            mapping.touch((1 << 16) - 1, 2);
            mapping.touch((1 << 17) + 2, 1);

            assertThat(mapping.residentBytes()).isEqualTo(4 * PageSize.BYTES);
        }
    }

    @Test
    void givesPagesBackAndReadsZeroAfterwards() {
        try (MappedMemory mapping = MappedMemory.ofPages(8)) {
            mapping.touch(0, 8);
            assertThat(MEMORY.advise(mapping.page(2), 3 * PageSize.BYTES, Advice.DONTNEED))
                    .isZero();

            assertThat(mapping.residentBytes()).isEqualTo(5 * PageSize.BYTES);
            assertThat(RawMemory.getLong(mapping.page(1))).isEqualTo(0x5a5a5a5bL);
            assertThat(RawMemory.getLong(mapping.page(2))).isZero();
            assertThat(RawMemory.getLong(mapping.page(4))).isZero();
            assertThat(RawMemory.getLong(mapping.page(5))).isEqualTo(0x5a5a5a5fL);
        }
    }

    @Test
    void populatesWithoutATouch() {
        try (MappedMemory mapping = MappedMemory.ofPages(8)) {
            int result = MEMORY.advise(mapping.address(), mapping.byteSize(), Advice.POPULATE_WRITE);

            /* EINVAL: Linux before 5.14. */
            assertThat(result).isIn(0, -Errno.EINVAL);
            assertThat(mapping.residentBytes()).isEqualTo(result == 0 ? mapping.byteSize() : 0);
        }
    }

    @Test
    void unmapsAPartAndLeavesTheRest() {
        try (MappedMemory mapping = MappedMemory.ofPages(4)) {
            mapping.touch(0, 4);
            assertThat(MEMORY.unmap(mapping.page(1), PageSize.BYTES)).isZero();

            assertThat(MEMORY.residentBytes(mapping.page(1), PageSize.BYTES)).isEqualTo(-Errno.ENOMEM);
            assertThat(RawMemory.getLong(mapping.page(2))).isEqualTo(0x5a5a5a5cL);
        }
    }

    @Test
    void answersMisalignedAddressesWithEinval() {
        try (MappedMemory mapping = MappedMemory.ofPages(2)) {
            long odd = mapping.address() + 1;

            assertThat(MEMORY.unmap(odd, PageSize.BYTES)).isEqualTo(-Errno.EINVAL);
            assertThat(MEMORY.advise(odd, PageSize.BYTES, Advice.DONTNEED)).isEqualTo(-Errno.EINVAL);
            assertThat(MEMORY.residentBytes(odd, PageSize.BYTES)).isEqualTo(-Errno.EINVAL);
            assertThat(MEMORY.bind(odd, PageSize.BYTES, MemoryPolicy.BIND, new long[] {1}))
                    .isIn(-Errno.EINVAL, -Errno.ENOSYS, -Errno.EPERM);
        }
    }

    @Test
    void answersAnAbsurdSizeWithEnomem() {
        assertThat(MEMORY.map(1L << 60, 0)).isEqualTo(-Errno.ENOMEM);
        assertThat(MEMORY.map(1L << 60, MapFlags.NORESERVE)).isEqualTo(-Errno.ENOMEM);
    }

    @Test
    void answersAnEmptyMappingWithEinval() {
        assertThat(MEMORY.map(0, 0)).isEqualTo(-Errno.EINVAL);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 13, 1L << 20, 1L << 40})
    void answersAnUnknownHugePageSizeWithEinval(long pageByteSize) {
        assertThat(MEMORY.map(pageByteSize, MapFlags.hugetlb(pageByteSize))).isEqualTo(-Errno.EINVAL);
    }

    @Test
    void answersUnmappedMemoryWithEnomem() {
        long address;
        try (MappedMemory mapping = MappedMemory.ofPages(1)) {
            address = mapping.address();
        }
        assertThat(MEMORY.advise(address, PageSize.BYTES, Advice.DONTNEED)).isEqualTo(-Errno.ENOMEM);
        assertThat(MEMORY.residentBytes(address, PageSize.BYTES)).isEqualTo(-Errno.ENOMEM);
    }

    @Test
    void passesABarrierInEveryThread() {
        assertThat(MEMORY.processBarrier()).isZero();
        int[] results = new int[100];
        Arrays.setAll(results, i -> MEMORY.processBarrier());
        assertThat(results).containsOnly(0);
    }
}
