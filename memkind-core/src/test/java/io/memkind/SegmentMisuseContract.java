package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Segments that the kind did not allocate, or that are not whole, are refused. */
interface SegmentMisuseContract extends KindSubject {
    @Test
    default void slicesThatStartInsideAreRefused() {
        for (long size : new long[] {64, 1000, 100_000, 3 << 20}) {
            MemorySegment segment = kind().allocate(size);
            BlockState state = BlockState.fill(kind(), List.of(segment.address()));
            for (long offset : new long[] {1, 8, 16, size / 2, size - 1}) {
                assertThatExceptionOfType(InvalidAddressException.class)
                        .isThrownBy(() -> kind().free(segment.asSlice(offset)))
                        .withMessageContaining("inside");
            }
            state.assertUnchanged();
            kind().free(segment);
        }
        assertNothingLeft();
    }

    @Test
    default void aSegmentLongerThanItsBlockIsRefused() {
        MemorySegment segment = kind().allocate(100);
        MemorySegment longer = Pattern.at(segment.address(), 200);
        assertThatExceptionOfType(InvalidAddressException.class)
                .isThrownBy(() -> kind().free(longer))
                .withMessageContaining("112 bytes, not 200");
        kind().free(segment);
    }

    @Test
    default void segmentsOnTheJavaHeapAreRefused() {
        assertThatExceptionOfType(InvalidAddressException.class)
                .isThrownBy(() -> kind().free(MemorySegment.ofArray(new long[8])))
                .withMessageContaining("Java heap")
                .withMessageContaining(kind().name());
    }

    @Test
    default void segmentsOfArenasAreRefused() {
        try (Arena own = kind().confinedArena();
                Arena foreign = Arena.ofConfined()) {
            MemorySegment segment = own.allocate(5000);
            segment.fill((byte) 7);
            long allocated = kind().statistics().allocatedBytes();
            for (MemorySegment bad : List.of(segment, foreign.allocate(64))) {
                assertThatExceptionOfType(InvalidAddressException.class)
                        .isThrownBy(() -> kind().free(bad))
                        .withMessageContaining("arena");
            }
            assertThat(kind().statistics().allocatedBytes()).isEqualTo(allocated);
            assertThat(segment.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 4999))
                    .isEqualTo((byte) 7);
        }
        assertNothingLeft();
    }

    @Test
    default void aSegmentIsFreedOnce() {
        for (long size : SIZES) {
            MemorySegment segment = kind().allocate(size);
            kind().free(segment);
            assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> kind().free(segment));
        }
        assertNothingLeft();
    }
}
