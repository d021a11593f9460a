package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnsPageTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 1000, 100_000, 50 << 20})
    void tellsTheStartOfABlockFromThatOfAnotherKind(long byteSize) {
        try (MemoryKind one = MemoryKind.builder(Kinds.DEFAULT).build();
                MemoryKind other = MemoryKind.builder(Kinds.DEFAULT).build()) {
            long block = one.malloc(byteSize);

            assertThat(one.ownsPageOf(block)).isTrue();
            assertThat(other.ownsPageOf(block)).isFalse();
        }
    }

    @Test
    void takesAnyNumber() {
        for (long address : new long[] {0, -1, 1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 47, 1L << 48}) {
            assertThat(Kinds.DEFAULT.ownsPageOf(address)).isFalse();
        }
    }
}
