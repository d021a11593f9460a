package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Memory that is promised to be zero is zero, whatever it held before. */
interface ZeroingContract extends KindSubject {
    private void dirty(long byteSize) {
        List<Long> blocks = new ArrayList<>();
        for (long bytes = 0; bytes <= 4 * byteSize && bytes < 12 << 20 && blocks.size() < 300; bytes += byteSize) {
            long block = kind().malloc(byteSize);
            Pattern.at(block, kind().usableSize(block)).fill((byte) 0xFF);
            blocks.add(block);
        }
        blocks.forEach(kind()::free);
    }

    private void assertZeroed(long byteSize) {
        List<MemorySegment> segments = new ArrayList<>();
        segments.add(Pattern.at(kind().calloc(1, byteSize), byteSize));
        segments.add(Pattern.at(kind().calloc(byteSize, 1), byteSize));
        segments.add(kind().allocate(byteSize));
        segments.add(kind().allocate(byteSize, 4096));
        segments.add(kind().allocate(byteSize, 64 << 10));
        for (MemorySegment segment : segments) {
            assertThat(Pattern.firstNonZero(segment))
                    .as("non-zero byte of %d", byteSize)
                    .isEqualTo(-1);
            segment.fill((byte) 0xFF);
            kind().free(segment);
        }
    }

    @Test
    default void zeroedAfterFree() {
        for (long size : SIZES) {
            dirty(size);
            assertZeroed(size);
            assertZeroed(size);
        }
        assertNothingLeft();
    }

    @Test
    default void zeroedAfterTrim() {
        for (long size : SIZES) {
            dirty(size);
            kind().trim();
            assertZeroed(size);
        }
        assertNothingLeft();
    }

    @Test
    default void zeroedWhereBlocksOfOtherSizesWere() {
        for (int i = 0; i < SIZES.length; i++) {
            dirty(SIZES[i]);
            kind().trim();
            dirty(SIZES[SIZES.length - 1 - i]);
            assertZeroed(SIZES[(i * 7 + 3) % SIZES.length]);
        }
    }
}
