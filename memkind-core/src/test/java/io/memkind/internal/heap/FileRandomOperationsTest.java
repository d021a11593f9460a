package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Seeds;
import io.memkind.TestDirectories;
import io.memkind.internal.extent.ExtentSource;
import io.memkind.internal.extent.FileSource;
import io.memkind.internal.extent.FixedSource;
import java.lang.foreign.Arena;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long random sequences of operations on heaps over files and fixed memory against {@link BlockModel}. */
class FileRandomOperationsTest {
    private static final int OPERATIONS = 10_000;

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7})
    void theHeapDoesWhatTheModelSays(int run) {
        boolean keepsNothing = run % 4 == 1;
        try (Arena arena = Arena.ofShared()) {
            ExtentSource source = run % 4 == 3
                    ? new FixedSource(arena.allocate(256 << 20, 4096), 1 << 16)
                    : FileSource.open(
                            (run % 4 == 2 ? TestDirectories.onDisk() : TestDirectories.inMemory()).toString(),
                            Long.MAX_VALUE);
            HeapOptions options =
                    keepsNothing ? new HeapOptions(Long.MAX_VALUE, Duration.ZERO, false, true) : HeapOptions.DEFAULT;
            Heap heap = new Heap(source, options);
            String description = Seeds.describe(run);
            RandomOperations operations = new RandomOperations(heap, new Random(Seeds.nth(run)), description);
            for (int i = 0; i < OPERATIONS; i++) {
                operations.step();
            }
            operations.freeAll();
            if (keepsNothing) {
                assertThat(heap.counts().activeBytes() + heap.counts().dirtyBytes())
                        .as("kept, %s", description)
                        .isZero();
            }
            heap.trim();
            assertThat(heap.census().allocatedBytes()).as(description).isZero();
            assertThat(heap.counts().activeBytes()).as(description).isZero();
            heap.close();
        }
    }
}
