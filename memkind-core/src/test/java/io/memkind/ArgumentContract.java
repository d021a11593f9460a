package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Sizes, counts and alignments, legal and not. */
interface ArgumentContract extends KindSubject {
    @ParameterizedTest
    @ValueSource(longs = {-1, -8, Long.MIN_VALUE, Long.MIN_VALUE + 8, -4096})
    default void negativeSizesAreRefused(long byteSize) {
        long live = kind().malloc(64);
        Pattern.fill(live, 64, 1);
        KindStatistics before = kind().statistics();
        assertRefused(() -> kind().malloc(byteSize), byteSize);
        assertRefused(() -> kind().calloc(1, byteSize), byteSize);
        assertRefused(() -> kind().calloc(byteSize, 1), byteSize);
        assertRefused(() -> kind().calloc(byteSize, byteSize), byteSize);
        assertRefused(() -> kind().calloc(0, byteSize), byteSize);
        assertRefused(() -> kind().calloc(byteSize, 0), byteSize);
        assertRefused(() -> kind().memalign(16, byteSize), byteSize);
        assertRefused(() -> kind().realloc(live, byteSize), byteSize);
        assertRefused(() -> kind().realloc(0, byteSize), byteSize);
        assertRefused(() -> kind().allocate(byteSize), byteSize);
        assertRefused(() -> kind().allocate(byteSize, 8), byteSize);
        assertRefused(() -> kind().allocateUninitialized(byteSize), byteSize);
        assertRefused(() -> kind().allocateUninitialized(byteSize, 8), byteSize);
        assertRefused(() -> kind().free(live, byteSize), byteSize);
        assertThat(kind().statistics()).isEqualTo(before);
        assertThat(Pattern.firstDamage(live, 64, 1)).isEqualTo(-1);
        kind().free(live);
    }

    private static void assertRefused(ThrowingCallable call, long value) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(Long.toString(value));
    }

    @Test
    default void overflowOfCountTimesSizeIsFound() {
        long[][] pairs = {
            {Long.MAX_VALUE, 2},
            {2, Long.MAX_VALUE},
            {1L << 32, 1L << 32},
            {1L << 32, 1L << 31},
            {Long.MAX_VALUE, Long.MAX_VALUE},
            {(1L << 61) + 1, 8},
            {8, (1L << 61) + 1},
            {(1L << 60) + 1, 16},
            {0x5555555555555556L, 3},
            {3_037_000_500L, 3_037_000_500L}
        };
        for (long[] pair : pairs) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kind().calloc(pair[0], pair[1]))
                    .withMessageContaining(Long.toString(pair[0]))
                    .withMessageContaining(Long.toString(pair[1]))
                    .withMessageContaining("overflow");
        }
        assertThat(kind().statistics().mappedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 3, -8, 5, 24, -1, 4097, Long.MIN_VALUE, Long.MAX_VALUE})
    default void badAlignmentsAreRefused(long byteAlignment) {
        assertRefused(() -> kind().memalign(byteAlignment, 64), byteAlignment);
        assertRefused(() -> kind().allocate(64, byteAlignment), byteAlignment);
        assertRefused(() -> kind().allocate(0, byteAlignment), byteAlignment);
        assertRefused(() -> kind().allocateUninitialized(64, byteAlignment), byteAlignment);
        assertThat(kind().statistics().mappedBytes()).isZero();
    }

    @Test
    default void everyAlignmentUpTo64KibIsMetForManySizes() {
        List<Long> live = new ArrayList<>();
        for (long alignment = 1; alignment <= 64 << 10; alignment *= 2) {
            for (long size = 1; size <= 70_000; size += size / 3 + 1) {
                long block = kind().memalign(alignment, size);
                assertThat(block % alignment)
                        .as("%d bytes at %d", size, alignment)
                        .isZero();
                assertThat(kind().usableSize(block)).isGreaterThanOrEqualTo(size);
                MemorySegment segment = kind().allocate(size, alignment);
                assertThat(segment.address() % alignment)
                        .as("segment of %d bytes at %d", size, alignment)
                        .isZero();
                assertThat(segment.byteSize()).isEqualTo(size);
                kind().free(segment);
                live.add(block);
            }
            live.forEach(kind()::free);
            live.clear();
        }
        assertNothingLeft();
    }

    @Test
    default void largeAlignmentsAreMet() {
        for (long alignment = 128 << 10; alignment <= largestAlignment(); alignment *= 2) {
            for (long size : new long[] {1, 5000, 3 << 20}) {
                long block = kind().memalign(alignment, size);
                assertThat(block % alignment)
                        .as("%d bytes at %d", size, alignment)
                        .isZero();
                Pattern.fill(block, size, alignment);
                assertThat(Pattern.firstDamage(block, size, alignment)).isEqualTo(-1);
                kind().free(block);
            }
        }
        assertNothingLeft();
    }

    @Test
    default void ordinaryBlocksAreAlignedTo16BytesAndThoseUpTo8BytesTo8() {
        for (long size : SIZES) {
            long block = kind().malloc(size);
            assertThat(block % (size <= 8 ? 8 : 16)).isZero();
            kind().free(block);
        }
    }
}
