package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AddressRangesTest {
    private final AddressRanges ranges = new AddressRanges();

    @Test
    void mergesNeighbours() {
        ranges.add(100, 10);
        ranges.add(120, 10);
        ranges.add(110, 10);

        assertThat(ranges.toArray()).isDeepEqualTo(new long[][] {{100, 130}});
    }

    @Test
    void cutsARangeInTwo() {
        ranges.add(100, 30);
        ranges.remove(110, 10);

        assertThat(ranges.toArray()).isDeepEqualTo(new long[][] {{100, 110}, {120, 130}});
        assertThat(ranges.byteSize()).isEqualTo(20);
    }

    @Test
    void containsTheFirstByteAndNotTheOneBehindTheLast() {
        ranges.add(100, 30);

        assertThat(ranges.contains(99)).isFalse();
        assertThat(ranges.contains(100)).isTrue();
        assertThat(ranges.contains(129)).isTrue();
        assertThat(ranges.contains(130)).isFalse();
    }

    @Test
    void refusesToRemoveWhatIsNotAMember() {
        ranges.add(100, 30);
        for (long[] wrong : new long[][] {{90, 10}, {95, 10}, {125, 10}, {130, 10}, {90, 50}}) {
            assertThatThrownBy(() -> ranges.remove(wrong[0], wrong[1])).isInstanceOf(IllegalStateException.class);
        }
        assertThat(ranges.toArray()).isDeepEqualTo(new long[][] {{100, 130}});
        assertThat(ranges.byteSize()).isEqualTo(30);
    }

    @Test
    void agreesWithASetOfBytes() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            AddressRanges tried = new AddressRanges();
            BitSet model = new BitSet();
            for (int step = 0; step < 300; step++) {
                boolean add = random.nextBoolean();
                int start = add ? model.nextClearBit(random.nextInt(200)) : model.nextSetBit(random.nextInt(200));
                if (start < 0) {
                    continue;
                }
                int limit = add ? model.nextSetBit(start) : model.nextClearBit(start);
                int end = Math.min(limit < 0 ? 250 : limit, start + 1 + random.nextInt(20));
                if (add) {
                    tried.add(start, end - start);
                } else {
                    tried.remove(start, end - start);
                }
                model.set(start, end, add);
                String description = "seed " + seed + " step " + step;
                assertThat(tried.toArray()).as(description).isDeepEqualTo(runs(model));
                assertThat(tried.byteSize()).as(description).isEqualTo(model.cardinality());
                int probe = random.nextInt(250);
                assertThat(tried.contains(probe)).as(description).isEqualTo(model.get(probe));
            }
        }
    }

    private static long[][] runs(BitSet bits) {
        List<long[]> runs = new ArrayList<>();
        for (int start = bits.nextSetBit(0); start >= 0; start = bits.nextSetBit(bits.nextClearBit(start))) {
            runs.add(new long[] {start, bits.nextClearBit(start)});
        }
        return runs.toArray(long[][]::new);
    }
}
