package io.memkind.internal.probe;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Seeds;
import java.lang.foreign.Arena;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PointerChaseTest {
    @Test
    void cyclesHaveEveryLineOnce() {
        for (int lineCount = 1; lineCount <= 200; lineCount++) {
            int[] next = PointerChase.cycle(lineCount, Seeds.random(lineCount));
            Set<Integer> seen = new HashSet<>();
            for (int line = 0; seen.add(line); line = next[line]) {}

            assertThat(seen).as(Seeds.describe(lineCount)).hasSize(lineCount);
        }
    }

    @Test
    void walksEveryLineAndComesBack() {
        int lineCount = 500;
        try (Arena arena = Arena.ofConfined()) {
            long address = arena.allocate(lineCount * 64L, 64).address();
            PointerChase chase = new PointerChase(address, PointerChase.cycle(lineCount, Seeds.random(0)));
            Set<Long> seen = new HashSet<>();
            for (int i = 0; i < lineCount; i++) {
                assertThat(chase.position() - address).isBetween(0L, lineCount * 64L - 64);
                assertThat((chase.position() - address) % 64).isZero();
                assertThat(seen.add(chase.position())).isTrue();
                chase.follow(1);
            }
            assertThat(chase.position()).isEqualTo(address);

            chase.follow(lineCount * 3 + 7);
            long seventh = chase.position();
            chase.follow(lineCount);
            assertThat(chase.position()).isEqualTo(seventh).isNotEqualTo(address);
        }
    }
}
