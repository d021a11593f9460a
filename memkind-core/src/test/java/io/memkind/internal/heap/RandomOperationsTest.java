package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Seeds;
import io.memkind.internal.extent.AnonymousSource;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long random sequences of operations on a heap against {@link BlockModel}. */
class RandomOperationsTest {
    private static final int OPERATIONS = 20_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19})
    void theHeapDoesWhatTheModelSays(int run) {
        HeapOptions options = run % 4 == 3 ? new HeapOptions(96L << 20, Duration.ZERO, false) : HeapOptions.DEFAULT;
        AnonymousSource.Pages pages =
                run % 4 == 1 ? AnonymousSource.Pages.TRANSPARENT_HUGE : AnonymousSource.Pages.BASE;
        Heap heap = new Heap(AnonymousSource.of(pages, 2 << 20), options);
        try {
            String description = Seeds.describe(run);
            RandomOperations operations = new RandomOperations(heap, new Random(Seeds.nth(run)), description);
            for (int i = 0; i < OPERATIONS; i++) {
                operations.step();
            }
            operations.freeAll();
            heap.trim();
            assertThat(heap.census().allocatedBytes()).as(description).isZero();
            assertThat(heap.counts().activeBytes()).as(description).isZero();
            assertThat(heap.residentBytes()).as(description).isZero();
        } finally {
            heap.close();
        }
    }
}
