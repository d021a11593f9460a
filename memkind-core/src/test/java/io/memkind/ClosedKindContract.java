package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

/** A closed kind gives nothing and takes nothing. */
interface ClosedKindContract extends KindSubject {
    private void assertClosed() {
        for (long size : new long[] {0, 1, 100, 32 << 10, 100_000, 5 << 20}) {
            assertThatIllegalStateException().isThrownBy(() -> kind().malloc(size));
            assertThatIllegalStateException().isThrownBy(() -> kind().calloc(1, size));
            assertThatIllegalStateException().isThrownBy(() -> kind().memalign(64, size));
            assertThatIllegalStateException().isThrownBy(() -> kind().memalign(1 << 20, size));
            assertThatIllegalStateException().isThrownBy(() -> kind().realloc(0, size));
            assertThatIllegalStateException().isThrownBy(() -> kind().allocate(size));
            assertThatIllegalStateException().isThrownBy(() -> kind().allocateUninitialized(size));
        }
    }

    @Test
    default void allocationFailsAfterClose() {
        assertThat(kind().malloc(100)).isPositive();
        assertThat(kind().malloc(1 << 20)).isPositive();
        kind().close();
        assertClosed();
    }

    @Test
    default void allocationFailsAfterCloseOfAKindThatWasNeverUsed() {
        kind().close();
        assertClosed();
    }

    @Test
    default void blocksOfAClosedKindAreRefused() {
        MemorySegment segment = kind().allocate(64);
        long[] blocks = {kind().malloc(100), kind().malloc(1 << 20), segment.address()};
        kind().close();
        for (long block : blocks) {
            assertRefused(() -> kind().free(block));
            assertRefused(() -> kind().free(block, 1));
            assertRefused(() -> kind().usableSize(block));
            assertRefused(() -> kind().realloc(block, 10));
            assertThat(MemoryKind.detect(block)).isEmpty();
        }
        assertRefused(() -> kind().free(segment));
    }

    /* IllegalStateException because the kind is closed, or InvalidAddressException because it has no blocks. */
    private static void assertRefused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfAny(IllegalStateException.class, InvalidAddressException.class);
    }

    @Test
    default void aClosedKindHoldsNothing() {
        Pattern.fill(kind().malloc(5 << 20), 5 << 20, 1);
        kind().close();
        KindStatistics statistics = kind().statistics();
        assertThat(statistics.mappedBytes()).isZero();
        assertThat(statistics.allocatedBytes()).isZero();
        assertThat(kind().residentBytes()).isZero();
        kind().trim();
    }

    @Test
    default void closingAgainDoesNothing() {
        assertThat(kind().malloc(100)).isPositive();
        kind().close();
        try (MemoryKind next = MemoryKind.builder(kind()).build()) {
            long block = next.malloc(100);
            kind().close();
            Pattern.fill(block, 100, 1);
            long other = next.malloc(100);
            assertThat(Pattern.firstDamage(block, 100, 1)).isEqualTo(-1);
            next.free(block);
            next.free(other);
            assertThat(next.statistics().allocatedBytes()).isZero();
        }
    }

    @Test
    default void arenasOfAClosedKindGiveNothing() {
        Arena arena = kind().sharedArena();
        kind().close();
        assertThatIllegalStateException().isThrownBy(() -> arena.allocate(100));
        arena.close();
    }
}
