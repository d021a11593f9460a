package io.memkind.hbw;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.Pattern;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class PageToucherTest {
    private static long pageBytes(MemorySegment segment) {
        long page = Kinds.DEFAULT.pageByteSize();
        long start = segment.address() & -page;
        return (segment.address() + segment.byteSize() - start + page - 1) & -page;
    }

    @Test
    void everyPageOfTheSegmentBecomesResident() {
        try (MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT).build()) {
            for (long[] range : new long[][] {
                {0, 1 << 20},
                {1, 8191},
                {4095, 1},
                {4095, 2},
                {4093, 8},
                {4094, 4097},
                {100, 3},
                {4096, 4096},
                {4092, 5}
            }) {
                MemorySegment block = kind.allocateUninitialized(1 << 20, 4096);
                MemorySegment part = block.asSlice(range[0], range[1]);
                assertThat(kind.placementOf(part).residentBytes()).isZero();
                PageToucher.touch(part);
                assertThat(kind.placementOf(part).residentBytes())
                        .as("%d bytes at %d", range[1], range[0])
                        .isEqualTo(pageBytes(part));
                kind.free(block);
                kind.trim();
            }
        }
    }

    @Test
    void theContentStays() {
        MemorySegment block = Kinds.DEFAULT.allocate(20_000, 1);
        Pattern.fill(block, 7);
        for (int offset = 0; offset < 20; offset++) {
            PageToucher.touch(block.asSlice(offset));
        }
        assertThat(Pattern.firstDamage(block, 20_000, 7)).isEqualTo(-1);
        Kinds.DEFAULT.free(block);
    }
}
