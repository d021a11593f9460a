package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.os.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SizeClassesTest {
    private static final long EXHAUSTIVE_BYTES = 1 << 20;

    /* memkind-behaviour.md 9.4: what the C library's jemalloc answers. */
    @ParameterizedTest
    @CsvSource({
        "1, 8",
        "9, 16",
        "17, 32",
        "33, 48",
        "100, 112",
        "129, 160",
        "200, 224",
        "500, 512",
        "1000, 1024",
        "2000, 2048",
        "3000, 3072",
        "4097, 5120",
        "14337, 16384",
        "16385, 20480",
        "1048577, 1310720",
        "5242880, 5242880",
        "5242881, 6291456"
    })
    void sizesAreThoseOfJemalloc(long requested, long usable) {
        assertThat(SizeClasses.byteSizeOf(SizeClasses.classOf(requested))).isEqualTo(usable);
    }

    @Test
    void everySizeHasTheSmallestClassThatHoldsIt() {
        int expected = 0;
        for (long size = 1; size <= EXHAUSTIVE_BYTES; size++) {
            if (size > SizeClasses.byteSizeOf(expected)) {
                expected++;
            }
            assertMinimal(size, expected);
        }
    }

    @Test
    void everyClassUpToTheLargestBeginsBehindTheOneBelow() {
        int last = SizeClasses.classOf(SizeClasses.MAX_BYTES);
        assertThat(SizeClasses.byteSizeOf(last)).isEqualTo(SizeClasses.MAX_BYTES);
        for (int sizeClass = 0; sizeClass < last; sizeClass++) {
            long bytes = SizeClasses.byteSizeOf(sizeClass);
            assertMinimal(bytes, sizeClass);
            assertMinimal(bytes + 1, sizeClass + 1);
            if (sizeClass > 0) {
                assertMinimal(bytes - 1, sizeClass);
            }
        }
    }

    private static void assertMinimal(long size, int sizeClass) {
        int found = SizeClasses.classOf(size);
        if (found != sizeClass
                || SizeClasses.byteSizeOf(found) < size
                || (found > 0 && SizeClasses.byteSizeOf(found - 1) >= size)) {
            assertThat(found).as("class of %d", size).isEqualTo(sizeClass);
            assertThat(SizeClasses.byteSizeOf(found))
                    .as("size of class %d", found)
                    .isGreaterThanOrEqualTo(size);
            assertThat(SizeClasses.byteSizeOf(found - 1))
                    .as("size of class %d", found - 1)
                    .isLessThan(size);
        }
    }

    @Test
    void lessThanAFifthOfABlockIsWastedAbove128Bytes() {
        int last = SizeClasses.classOf(SizeClasses.MAX_BYTES);
        for (int sizeClass = SizeClasses.classOf(129); sizeClass <= last; sizeClass++) {
            long block = SizeClasses.byteSizeOf(sizeClass);
            long leastRequest = SizeClasses.byteSizeOf(sizeClass - 1) + 1;
            assertThat(5 * (block - leastRequest))
                    .as("waste in %d bytes", block)
                    .isLessThan(block);
        }
    }

    @Test
    void blocksAreMultiplesOf16BytesFrom16Up() {
        int last = SizeClasses.classOf(SizeClasses.MAX_BYTES);
        assertThat(SizeClasses.byteSizeOf(0)).isEqualTo(8);
        for (int sizeClass = 1; sizeClass <= last; sizeClass++) {
            assertThat(SizeClasses.byteSizeOf(sizeClass) % 16).isZero();
        }
    }

    @Test
    void alignedClassesAreTheSmallestMultiplesOfTheAlignment() {
        for (long alignment = 1; alignment <= PageSize.BYTES; alignment *= 2) {
            for (long size = 1; size <= SizeClasses.MAX_SLAB_BLOCK_BYTES; size++) {
                int found = SizeClasses.alignedClassOf(size, alignment);
                long bytes = SizeClasses.byteSizeOf(found);
                boolean right = bytes >= size && bytes % alignment == 0 && found < SizeClasses.SLAB_CLASS_COUNT;
                for (int smaller = SizeClasses.classOf(size); smaller < found; smaller++) {
                    right &= SizeClasses.byteSizeOf(smaller) % alignment != 0;
                }
                assertThat(right)
                        .as("%d bytes aligned to %d in class %d", size, alignment, found)
                        .isTrue();
            }
        }
    }

    @Test
    void slabClassesEndAtTheLargestSlabBlock() {
        assertThat(SizeClasses.byteSizeOf(SizeClasses.SLAB_CLASS_COUNT - 1))
                .isEqualTo(SizeClasses.MAX_SLAB_BLOCK_BYTES);
        assertThat(SizeClasses.classOf(SizeClasses.MAX_SLAB_BLOCK_BYTES + 1)).isEqualTo(SizeClasses.SLAB_CLASS_COUNT);
    }
}
