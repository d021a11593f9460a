package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MagazinesTest {
    private final long[][] magazines = Magazines.create();

    @Test
    void magazinesOfAllClassesAreIndependentStacksOfTheirCapacity() {
        for (int sizeClass = 0; sizeClass < SizeClasses.SLAB_CLASS_COUNT; sizeClass++) {
            assertThat(Magazines.push(magazines[sizeClass], 1))
                    .as("before the first use")
                    .isFalse();
            assertThat(Magazines.pop(magazines[sizeClass])).isZero();
            long[] magazine = Magazines.use(magazines, sizeClass);
            assertThat(Magazines.push(magazine, 1)).as("without capacity").isFalse();
            Magazines.grow(magazine, sizeClass);
            long block = 1000L * sizeClass;
            while (Magazines.push(magazine, ++block)) {}
            assertThat(Magazines.count(magazine))
                    .isEqualTo(Magazines.capacity(magazine))
                    .isBetween(2, 127);
        }
        for (int sizeClass = 0; sizeClass < SizeClasses.SLAB_CLASS_COUNT; sizeClass++) {
            long[] magazine = Magazines.use(magazines, sizeClass);
            for (long expected = Magazines.capacity(magazine); expected > 0; expected--) {
                assertThat(Magazines.pop(magazine)).isEqualTo(1000L * sizeClass + expected);
            }
            assertThat(Magazines.pop(magazine)).isZero();
            assertThat(Magazines.pop(magazine)).isZero();
        }
    }

    @Test
    void theOldestAreDropped() {
        long[] magazine = Magazines.use(magazines, 3);
        Magazines.grow(magazine, 3);
        for (long block = 1; block <= 8; block++) {
            assertThat(Magazines.push(magazine, block)).isTrue();
        }
        Magazines.dropOldest(magazine, 5);
        assertThat(Magazines.count(magazine)).isEqualTo(3);
        assertThat(Magazines.blockAt(magazine, 0)).isEqualTo(6);
        assertThat(Magazines.pop(magazine)).isEqualTo(8);
    }

    @Test
    void capacityStaysWithinItsBounds() {
        for (int sizeClass = 0; sizeClass < SizeClasses.SLAB_CLASS_COUNT; sizeClass++) {
            long[] magazine = Magazines.use(magazines, sizeClass);
            Magazines.shrink(magazine, sizeClass);
            int first = Magazines.capacity(magazine);
            assertThat(first).isPositive();
            for (int i = 0; i < 10; i++) {
                Magazines.grow(magazine, sizeClass);
            }
            assertThat(Magazines.capacity(magazine)).isBetween(first, 127);
            for (int i = 0; i < 10; i++) {
                Magazines.shrink(magazine, sizeClass);
            }
            assertThat(Magazines.capacity(magazine)).isEqualTo(first);
        }
    }
}
