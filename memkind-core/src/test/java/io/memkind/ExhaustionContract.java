package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a kind says and does when there is no memory. */
interface ExhaustionContract extends KindSubject {
    @ParameterizedTest
    @ValueSource(longs = {Long.MAX_VALUE, Long.MAX_VALUE - 4096, 1L << 62, (1L << 46) + 1, 1L << 46})
    default void sizesBeyondTheMachineExhaustTheKind(long byteSize) {
        long live = kind().malloc(64);
        Pattern.fill(live, 64, 2);
        long allocated = kind().statistics().allocatedBytes();
        assertExhausted(() -> kind().malloc(byteSize), byteSize);
        assertExhausted(() -> kind().calloc(1, byteSize), byteSize);
        assertExhausted(() -> kind().memalign(4096, byteSize), byteSize);
        assertExhausted(() -> kind().allocate(byteSize), byteSize);
        assertExhausted(() -> kind().allocateUninitialized(byteSize), byteSize);
        assertExhausted(() -> kind().realloc(live, byteSize), byteSize);
        assertThat(Pattern.firstDamage(live, 64, 2)).isEqualTo(-1);
        assertThat(kind().statistics().allocatedBytes()).isEqualTo(allocated);
        kind().free(live);
        assertNothingLeft();
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 47, 1L << 62})
    default void alignmentsBeyondTheMachineExhaustTheKind(long byteAlignment) {
        assertExhausted(() -> kind().memalign(byteAlignment, 64), 64);
        assertExhausted(() -> kind().allocate(64, byteAlignment), 64);
        assertThat(kind().statistics().allocatedBytes()).isZero();
    }

    private void assertExhausted(ThrowingCallable call, long byteSize) {
        KindExhaustedException e = catchThrowableOfType(KindExhaustedException.class, call);
        assertThat(e).isNotNull();
        assertThat(e.requestedBytes()).isEqualTo(byteSize);
        assertThat(e)
                .hasMessageContaining(kind().name())
                .hasMessageContaining(byteSize + " bytes")
                .hasMessageContaining("in use " + kind().statistics().activeBytes() + " bytes")
                .hasMessageContaining("limit");
    }

    @Test
    default void anExhaustedLimitIsNamedAndLeavesTheKindUsable() {
        long limit = Math.max(8 << 20, kind().pageByteSize());
        MemoryKind limited = another(limit);
        try {
            List<Long> live = new ArrayList<>();
            assertThatExceptionOfType(KindExhaustedException.class)
                    .isThrownBy(() -> {
                        while (live.size() < 10_000) {
                            live.add(limited.malloc(100_000));
                        }
                    })
                    .withMessageContaining("limit " + limit + " bytes");
            assertThat(live).hasSizeGreaterThan(50);
            KindStatistics full = limited.statistics();
            assertThat(full.activeBytes()).isLessThanOrEqualTo(limit);
            limited.free(live.removeLast());
            live.add(limited.malloc(100_000));
            live.forEach(limited::free);
            limited.free(limited.malloc(4 << 20));
            assertThat(limited.statistics().allocatedBytes()).isZero();
        } finally {
            limited.close();
        }
    }

    @Test
    default void memoryThatWasFreedInOneSizeIsFoundInAnother() {
        long limit = Math.max(8 << 20, kind().pageByteSize());
        MemoryKind limited = another(limit);
        try {
            for (long size : new long[] {16, 1000, 30_000, 200_000, 3 << 20, 64, 3 << 20}) {
                List<Long> live = new ArrayList<>();
                for (long bytes = 0; bytes + size < 6 << 20; bytes += size) {
                    live.add(limited.malloc(size));
                }
                live.forEach(limited::free);
            }
            assertThat(limited.statistics().allocatedBytes()).isZero();
        } finally {
            limited.close();
        }
    }
}
