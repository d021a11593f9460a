package io.memkind.cli.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

final class FreeSlotsTest {
    private static final long SEED = 42;

    @Test
    void findsTheLowestAsASortedSetDoes() {
        Random random = new Random(SEED);
        FreeSlots slots = new FreeSlots();
        TreeSet<Integer> model = new TreeSet<>();
        assertThat(slots.lowest()).isEqualTo(-1);
        for (int step = 0; step < 100_000; step++) {
            if (random.nextBoolean() || model.isEmpty()) {
                int slot = random.nextInt(1 << (1 + random.nextInt(22)));
                if (model.add(slot)) {
                    slots.add(slot);
                }
            } else {
                Integer slot = random.nextInt(3) == 0 ? model.last() : model.first();
                model.remove(slot);
                slots.remove(slot);
            }
            assertThat(slots.lowest()).as("step %d", step).isEqualTo(model.isEmpty() ? -1 : model.first());
        }
    }

    @Test
    void holdsTheGreatestSlotThereCanBe() {
        FreeSlots slots = new FreeSlots();
        int greatest = TraceReader.MAX_EVENT_COUNT - 1;
        slots.add(greatest);
        assertThat(slots.lowest()).isEqualTo(greatest);
        slots.remove(greatest);
        assertThat(slots.lowest()).isEqualTo(-1);
    }
}
