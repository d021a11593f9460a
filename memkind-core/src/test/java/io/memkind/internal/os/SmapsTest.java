package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SmapsTest {
    @Test
    void findsAFreshMapping() {
        try (MappedMemory mapping = MappedMemory.ofPages(32)) {
            long end = mapping.address() + mapping.byteSize();

            /* The kernel may have merged it with a neighbour. */
            assertThat(Smaps.overlapping(mapping.address(), end))
                    .singleElement()
                    .satisfies(found -> {
                        assertThat(found.start()).isLessThanOrEqualTo(mapping.address());
                        assertThat(found.end()).isGreaterThanOrEqualTo(end);
                        assertThat(found.pageByteSize()).isEqualTo(PageSize.BYTES);
                    });
        }
    }

    @Test
    void findsNeighboursOfDifferentKindInOrder() {
        try (MappedMemory mapping = MappedMemory.ofPages(9)) {
            assertThat(LinuxMemory.INSTANCE.advise(mapping.page(3), 3 * PageSize.BYTES, Advice.NOHUGEPAGE))
                    .isZero();

            assertThat(Smaps.overlapping(mapping.address(), mapping.page(9)))
                    .extracting(Smaps.Mapping::start)
                    .hasSize(3)
                    .isSorted()
                    .contains(mapping.page(3), mapping.page(6));
            assertThat(Smaps.overlapping(mapping.page(3), mapping.page(6)))
                    .containsExactly(new Smaps.Mapping(mapping.page(3), mapping.page(6), PageSize.BYTES, 0));
            assertThat(Smaps.overlapping(mapping.page(6) - 1, mapping.page(6) + 1))
                    .hasSize(2);
        }
    }

    @Test
    void findsNothingWhereNothingIsMapped() {
        try (MappedMemory mapping = MappedMemory.ofPages(3)) {
            assertThat(LinuxMemory.INSTANCE.unmap(mapping.page(1), PageSize.BYTES))
                    .isZero();

            assertThat(Smaps.overlapping(mapping.page(1), mapping.page(2))).isEmpty();
            assertThat(Smaps.overlapping(mapping.address(), mapping.page(3))).hasSize(2);
        }
        assertThat(Smaps.overlapping(0, PageSize.BYTES)).isEmpty();
    }
}
