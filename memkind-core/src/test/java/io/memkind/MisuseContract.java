package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.Arena;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Addresses that are not the start of a live block of the kind are refused, with nothing changed. */
interface MisuseContract extends KindSubject {
    @Test
    default void aFreedBlockIsRefused() {
        for (long size : SIZES) {
            BlockState state = BlockState.fill(kind(), List.of(kind().malloc(size), kind().malloc(100)));
            long freed = kind().malloc(size);
            kind().free(freed);
            BlockState.fill(kind(), List.of()).assertRefused(freed, "free");
            kind().trim();
            BlockState.fill(kind(), List.of()).assertRefused(freed, "");
            assertThat(state).isNotNull();
        }
    }

    @Test
    default void aDoubleFreeChangesNothing() {
        for (long size : SIZES) {
            long first = kind().malloc(size);
            long freed = kind().malloc(size);
            kind().free(freed);
            BlockState state = BlockState.fill(kind(), List.of(first));
            state.assertRefused(freed, "free");
            state.assertUnchanged();
            long next = kind().malloc(size);
            long other = kind().malloc(size);
            assertThat(List.of(first, next, other)).doesNotHaveDuplicates();
            kind().free(next);
            kind().free(other);
            kind().free(first);
        }
        assertNothingLeft();
    }

    @Test
    default void everyInteriorAddressNearTheStartIsRefused() {
        for (long size : SIZES) {
            long block = kind().malloc(size);
            long usable = kind().usableSize(block);
            BlockState state = BlockState.fill(kind(), List.of(block));
            for (long offset = 1; offset < Math.min(usable, 34); offset++) {
                state.assertRefused(block + offset, offset + " bytes inside");
            }
            for (long offset : new long[] {usable - 1, usable / 2, usable - 8, usable - 16}) {
                if (offset > 0 && offset < usable) {
                    state.assertRefused(block + offset, offset + " bytes inside");
                }
            }
            state.assertUnchanged();
            kind().free(block);
        }
        assertNothingLeft();
    }

    @Test
    default void foreignAddressesAreRefused() {
        long block = kind().malloc(100);
        BlockState state = BlockState.fill(kind(), List.of(block));
        long[] garbage = {
            1,
            -1,
            8,
            16,
            4096,
            Long.MIN_VALUE,
            Long.MAX_VALUE,
            -8,
            -16,
            1L << 46,
            (1L << 47) - 16,
            1L << 47,
            1L << 48,
            (1L << 48) + block,
            block | Long.MIN_VALUE,
            block ^ (1L << 45),
            0x7fff_ffff_e000L
        };
        for (long address : garbage) {
            state.assertRefused(address, "never handed it out");
        }
        state.assertRefused(Arena.global().allocate(64, 16).address(), "never handed it out");
        state.assertUnchanged();
        kind().free(block);
    }

    @Test
    default void blocksOfAnotherKindAreRefused() {
        MemoryKind other = MemoryKind.builder(Kinds.DEFAULT).name("other").build();
        try {
            long own = kind().malloc(100);
            BlockState state = BlockState.fill(kind(), List.of(own));
            for (long size : SIZES) {
                long foreign = other.malloc(size);
                BlockState foreignState = BlockState.fill(other, List.of(foreign));
                state.assertRefused(foreign, "another kind");
                foreignState.assertUnchanged();
                other.free(foreign);
            }
            state.assertUnchanged();
            kind().free(own);
        } finally {
            other.close();
        }
    }

    @Test
    default void freeWithASizeBeyondTheBlockIsRefused() {
        for (long size : SIZES) {
            long block = kind().malloc(size);
            long usable = kind().usableSize(block);
            BlockState state = BlockState.fill(kind(), List.of(block));
            for (long tooLarge : new long[] {usable + 1, 2 * usable, Long.MAX_VALUE}) {
                assertThatExceptionOfType(InvalidAddressException.class)
                        .isThrownBy(() -> kind().free(block, tooLarge))
                        .withMessageContaining(usable + " bytes, not " + tooLarge);
            }
            state.assertUnchanged();
            kind().free(block);
        }
        assertNothingLeft();
    }

    @Test
    default void freeSlotsAndTailsOfSlabsAreRefused() {
        for (long size : new long[] {8, 48, 112, 320, 7168, 28_672}) {
            long block = kind().malloc(size);
            long usable = kind().usableSize(block);
            BlockState state = BlockState.fill(kind(), List.of(block));
            /* The slab's other blocks were never handed out: either in a magazine or in the slab. */
            state.assertRefused(block + usable, "");
            state.assertRefused(block + usable + 1, "");
            state.assertUnchanged();
            kind().free(block);
        }
    }
}
