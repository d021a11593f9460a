package io.memkind.cli.replay.step;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class LiveBlockMapTest {
    private static final long SEED = 99;
    /** Near the top of the user's address space, across several regions. */
    private static final long BASE = 0x7ffff0000000L;

    @Test
    void findsOverlapsAsASortedMapDoes() {
        Random random = new Random(SEED);
        LiveBlockMap blocks = new LiveBlockMap();
        TreeMap<Long, Long> model = new TreeMap<>();
        int conflictCount = 0;
        for (int step = 0; step < 20_000; step++) {
            long address = BASE + 8L * random.nextInt(50_000);
            long byteSize = 1L + (random.nextInt(50) == 0 ? random.nextInt(200_000) : random.nextInt(300));
            if (overlaps(model, address, byteSize)) {
                conflictCount++;
                LiveBlockMap probe = new LiveBlockMap();
                model.forEach(probe::claim);
                long conflict = probe.claim(address, byteSize);
                assertThat(conflict).as("step %d", step).isBetween(address, address + byteSize);
                Map.Entry<Long, Long> removed = model.pollFirstEntry();
                blocks.release(removed.getKey(), removed.getValue());
            } else {
                assertThat(blocks.claim(address, byteSize)).as("step %d", step).isEqualTo(-1);
                model.put(address, byteSize);
            }
        }
        assertThat(conflictCount).isGreaterThan(1000);
    }

    private static boolean overlaps(TreeMap<Long, Long> model, long address, long byteSize) {
        Map.Entry<Long, Long> before = model.lowerEntry(address + byteSize);
        return before != null && before.getKey() + before.getValue() > address;
    }
}
