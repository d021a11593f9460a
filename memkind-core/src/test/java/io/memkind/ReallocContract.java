package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** realloc keeps the content. */
interface ReallocContract extends KindSubject {
    @Test
    default void contentIsKeptBetweenAllPairsOfSizes() {
        for (long from : SIZES) {
            for (long to : SIZES) {
                if (from + to > 11 << 20) {
                    continue;
                }
                long neighbour = kind().malloc(from);
                Pattern.fill(neighbour, from, 5);
                long block = kind().malloc(from);
                Pattern.fill(block, from, from);
                long moved = kind().realloc(block, to);
                assertThat(moved % (to <= 8 ? 8 : 16)).isZero();
                assertThat(kind().usableSize(moved)).isGreaterThanOrEqualTo(to);
                assertThat(Pattern.firstDamage(moved, Math.min(from, to), from))
                        .as("damage from %d to %d", from, to)
                        .isEqualTo(-1);
                Pattern.fill(moved, to, to);
                assertThat(Pattern.firstDamage(neighbour, from, 5))
                        .as("neighbour")
                        .isEqualTo(-1);
                kind().free(moved);
                kind().free(neighbour);
            }
        }
        assertNothingLeft();
    }

    @Test
    default void growingAndShrinkingInSmallStepsKeepsContent() {
        long block = kind().malloc(1);
        long size = 1;
        Pattern.fill(block, 1, 9);
        while (size < 8 << 20) {
            long larger = size + Math.max(1, size / 5);
            block = kind().realloc(block, larger);
            assertThat(Pattern.firstDamage(block, size, 9))
                    .as("growing to %d", larger)
                    .isEqualTo(-1);
            Pattern.fill(block, larger, 9);
            size = larger;
        }
        while (size > 1) {
            size -= Math.max(1, size / 5);
            block = kind().realloc(block, size);
            assertThat(Pattern.firstDamage(block, size, 9))
                    .as("shrinking to %d", size)
                    .isEqualTo(-1);
            assertThat(kind().usableSize(block)).isBetween(size, Math.max(8, 2 * size));
        }
        kind().free(block);
        assertNothingLeft();
    }

    @Test
    default void aSizeWithinTheBlockLeavesItInPlace() {
        for (long size : SIZES) {
            long block = kind().malloc(size);
            Pattern.fill(block, size, 3);
            assertThat(kind().realloc(block, kind().usableSize(block))).isEqualTo(block);
            assertThat(kind().realloc(block, size)).isEqualTo(block);
            assertThat(Pattern.firstDamage(block, size, 3)).isEqualTo(-1);
            kind().free(block);
        }
    }

    @Test
    default void aLargeBlockShrinksInPlaceAndTheRestIsReused() {
        long block = kind().malloc(8 << 20);
        assertThat(kind().realloc(block, 1 << 20)).isEqualTo(block);
        assertThat(kind().usableSize(block)).isEqualTo(1 << 20);
        assertThat(kind().statistics().allocatedBytes()).isEqualTo(1 << 20);
        long other = kind().malloc(6 << 20);
        Pattern.fill(other, 6 << 20, 1);
        Pattern.fill(block, 1 << 20, 2);
        assertThat(Pattern.firstDamage(other, 6 << 20, 1)).isEqualTo(-1);
        kind().free(block);
        kind().free(other);
        assertNothingLeft();
    }
}
