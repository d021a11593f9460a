package io.memkind.cli.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class NumberRangesTest {
    @Test
    void joinsRuns() {
        assertThat(NumberRanges.text(List.of())).isEqualTo("none");
        assertThat(NumberRanges.text(List.of(7))).isEqualTo("7");
        assertThat(NumberRanges.text(List.of(0, 1))).isEqualTo("0-1");
        assertThat(NumberRanges.text(List.of(0, 2, 3, 4, 8, 1000, 1001))).isEqualTo("0,2-4,8,1000-1001");
    }

    @Test
    void cutsWhatIsTooLong() {
        List<Integer> odd = IntStream.range(0, 48).mapToObj(i -> 2 * i + 1).toList();
        assertThat(NumberRanges.text(odd, 22)).isEqualTo("1,3,5,7,9,11,... (48)");
        assertThat(NumberRanges.text(List.of(1, 3, 5), 20)).isEqualTo("1,3,5");
    }

    @Test
    void neverExceedsTheWidth() {
        for (long seed = 1; seed <= 1_000; seed++) {
            Random random = new Random(seed);
            TreeSet<Integer> numbers = new TreeSet<>();
            for (int i = random.nextInt(200); i > 0; i--) {
                numbers.add(random.nextInt(4096));
            }
            assertThat(NumberRanges.text(List.copyOf(numbers), 20))
                    .as("seed %d", seed)
                    .hasSizeLessThanOrEqualTo(20);
        }
    }
}
