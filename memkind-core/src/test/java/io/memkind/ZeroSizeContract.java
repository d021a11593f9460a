package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.MemorySegment;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Size 0 is served as size 1, for every way to allocate. */
interface ZeroSizeContract extends KindSubject {
    @Test
    default void sizeZeroGivesBlocksOfTheirOwn() {
        Set<Long> addresses = new TreeSet<>();
        for (int i = 0; i < 100; i++) {
            addresses.add(kind().malloc(0));
            addresses.add(kind().calloc(0, 8));
            addresses.add(kind().calloc(8, 0));
            addresses.add(kind().calloc(0, Long.MAX_VALUE));
            addresses.add(kind().memalign(64, 0));
            addresses.add(kind().realloc(0, 0));
            addresses.add(kind().realloc(kind().malloc(100), 0));
        }
        assertThat(addresses).hasSize(700).doesNotContain(0L);
        for (long address : addresses) {
            assertThat(kind().usableSize(address)).isPositive();
            kind().free(address);
        }
        assertNothingLeft();
    }

    @Test
    default void segmentsOfSizeZeroAreFreeable() {
        Set<Long> addresses = new TreeSet<>();
        MemorySegment[] segments = new MemorySegment[30];
        for (int i = 0; i < segments.length; i += 3) {
            segments[i] = kind().allocate(0);
            segments[i + 1] = kind().allocate(0, 4096);
            segments[i + 2] = kind().allocateUninitialized(0);
        }
        for (MemorySegment segment : segments) {
            assertThat(segment.byteSize()).isZero();
            addresses.add(segment.address());
        }
        assertThat(addresses).hasSize(segments.length);
        for (MemorySegment segment : segments) {
            kind().free(segment);
        }
        assertNothingLeft();
    }

    @Test
    default void freeOfNullDoesNothing() {
        kind().free(0);
        kind().free(0, 100);
        kind().free(MemorySegment.NULL);
        assertThat(kind().statistics().mappedBytes()).isZero();
    }
}
