package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PageSizeTest {
    @Test
    void isAPowerOfTwoThatTheKernelHas() {
        assertThat(PageSize.BYTES).isIn(4096L, 16384L, 65536L);
        assertThat(1L << PageSize.SHIFT).isEqualTo(PageSize.BYTES);
    }

    @Test
    void roundsUpToWholePages() {
        assertThat(PageSize.pagesFor(0)).isZero();
        for (long pages = 1; pages < 1L << 40; pages *= 2) {
            long bytes = pages * PageSize.BYTES;
            assertThat(PageSize.pagesFor(bytes - 1)).isEqualTo(pages);
            assertThat(PageSize.pagesFor(bytes)).isEqualTo(pages);
            assertThat(PageSize.pagesFor(bytes + 1)).isEqualTo(pages + 1);
        }
    }
}
