package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.Seeds;
import io.memkind.Workers;
import io.memkind.internal.extent.AnonymousSource;
import io.memkind.internal.extent.ExtentSource;
import io.memkind.internal.extent.ExtentSources;
import io.memkind.internal.extent.ExtentUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A heap whose threads get memory from different places, and move between them. */
class PlacedHeapTest {
    private static final int PLACES = 3;
    /* What a thread may have at hand of the place that it has left: the largest magazine. */
    private static final int BLOCKS_AT_HAND = 256;

    /* The place of each thread, in place of the processor that it runs on. */
    private static final class Moving implements ExtentSources {
        private final ThreadLocal<Integer> place = ThreadLocal.withInitial(() -> 0);
        private final List<ExtentSource> sources = IntStream.range(0, PLACES)
                .<ExtentSource>mapToObj(number -> AnonymousSource.of(AnonymousSource.Pages.BASE, 0))
                .toList();

        void moveTo(int number) {
            place.set(number);
        }

        @Override
        public int currentPlace() {
            return place.get();
        }

        @Override
        public ExtentSource source(int number) {
            return sources.get(number);
        }
    }

    private final Moving places = new Moving();
    private Heap heap = new Heap(places, HeapOptions.DEFAULT);

    @AfterEach
    void close() {
        heap.close();
    }

    private void assertEmpty() {
        heap.trim();
        assertThat(heap.census().allocatedBytes()).isZero();
        assertThat(heap.counts().activeBytes()).isZero();
        assertThat(heap.residentBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {8, 100, 4096, 30_000, 100_000, 3 << 20})
    void aThreadGetsMemoryOfThePlaceWhereItIs(long byteSize) {
        int count = byteSize <= 4096 ? 4 * BLOCKS_AT_HAND : 40;
        List<Long> blocks = new ArrayList<>();
        for (int move = 0; move < 3 * PLACES; move++) {
            int place = move % PLACES;
            places.moveTo(place);
            int elsewhere = 0;
            for (int i = 0; i < count; i++) {
                long block = heap.allocate(byteSize);
                blocks.add(block);
                elsewhere += heap.placeOf(block) == place ? 0 : 1;
            }
            int allowed = byteSize > SizeClasses.MAX_SLAB_BLOCK_BYTES ? 0 : Math.min(BLOCKS_AT_HAND, count / 2);
            assertThat(elsewhere)
                    .as("blocks from elsewhere after move %d", move)
                    .isLessThanOrEqualTo(allowed);
            /* Frees in another place than that of most of the blocks. */
            if (move % 2 == 1) {
                blocks.forEach(heap::free);
                blocks.clear();
            }
        }
        blocks.forEach(heap::free);
        assertEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5})
    void theHeapDoesWhatTheModelSaysWhileItsThreadMoves(int run) {
        heap.close();
        heap = new Heap(places, run % 2 == 0 ? HeapOptions.DEFAULT : new HeapOptions(160L << 20, Duration.ZERO, false));
        Random random = new Random(Seeds.nth(run));
        RandomOperations operations = new RandomOperations(heap, random, Seeds.describe(run));
        for (int i = 0; i < 20_000; i++) {
            if (i % 37 == 0) {
                places.moveTo(random.nextInt(PLACES));
            }
            operations.step();
        }
        operations.freeAll();
        assertEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void blocksAreFreedByOtherThreadsInOtherPlaces(boolean virtual) throws Exception {
        int tasks = 24;
        List<Future<List<Long>>> given = new ArrayList<>();
        try (ExecutorService threads =
                virtual ? Executors.newVirtualThreadPerTaskExecutor() : Executors.newFixedThreadPool(4)) {
            for (int task = 0; task < tasks; task++) {
                int place = task % PLACES;
                given.add(threads.submit(() -> {
                    places.moveTo(place);
                    List<Long> blocks = new ArrayList<>();
                    for (int i = 0; i < 3_000; i++) {
                        blocks.add(heap.allocate(1 + i % 5_000));
                    }
                    return blocks;
                }));
            }
            List<Future<?>> freed = new ArrayList<>();
            for (int task = 0; task < tasks; task++) {
                List<Long> blocks = given.get(task).get();
                int place = (task + 1) % PLACES;
                freed.add(threads.submit(() -> {
                    places.moveTo(place);
                    blocks.forEach(heap::free);
                }));
            }
            for (Future<?> future : freed) {
                future.get();
            }
        }
        assertEmpty();
    }

    @Test
    void aDeadThreadsShardIsInheritedWhereItWas() throws InterruptedException {
        for (int i = 0; i < 200; i++) {
            int place = i % PLACES;
            Thread thread = new Thread(() -> {
                places.moveTo(place);
                long block = heap.allocate(64);
                assertThat(heap.placeOf(block)).isEqualTo(place);
                heap.free(block);
            });
            List<Throwable> failures = new ArrayList<>();
            thread.setUncaughtExceptionHandler((dead, failure) -> failures.add(failure));
            thread.start();
            thread.join();
            assertThat(failures).isEmpty();
        }
        /* One slab for each place, whatever the number of threads. */
        assertThat(heap.counts().activeBytes()).isLessThanOrEqualTo(PLACES * (1L << 17));
        assertEmpty();
    }

    @Test
    void thePlacesShareOneLimit() {
        heap.close();
        heap = new Heap(places, new HeapOptions(8 << 20, Duration.ofSeconds(10), false));
        long first = heap.allocate(5 << 20);
        places.moveTo(1);
        assertThatExceptionOfType(ExtentUnavailableException.class)
                .isThrownBy(() -> heap.allocate(5 << 20))
                .withMessageContaining("limit of 8388608 bytes");
        long second = heap.allocate(2 << 20);
        heap.free(first);
        long third = heap.allocate(5 << 20);
        assertThat(heap.placeOf(third)).isEqualTo(1);
        heap.free(second);
        heap.free(third);
        assertEmpty();
    }

    @Test
    void aBlockGrowsWhereItIs() {
        long block = heap.allocate(1 << 20);
        places.moveTo(1);
        long grown = heap.reallocate(block, (1 << 20) + 4096);
        assertThat(heap.placeOf(grown)).isIn(0, 1);
        assertThat(heap.placeOf(grown)).isEqualTo(grown == block ? 0 : 1);
        heap.free(grown);
        assertEmpty();
    }

    @Test
    void aThreadThatMovedFindsItsPlaceThoughItHasBlocksAtHand() {
        heap.free(heap.allocate(64));
        places.moveTo(1);
        heap.free(heap.allocate(64));
        heap.findPlacesAnew();
        long emptied = heap.allocate(64);
        assertThat(heap.placeOf(emptied)).isEqualTo(1);
        heap.free(emptied);
        /* So does the decay thread, from time to time. */
        places.moveTo(2);
        heap.giveBackIdle();
        long block = heap.allocate(64);
        assertThat(heap.placeOf(block)).isEqualTo(2);
        heap.free(block);
        assertEmpty();
    }

    @Test
    void threadsMoveBetweenPlacesAtTheSameTime() {
        List<RandomOperations> all = new CopyOnWriteArrayList<>();
        Workers.run(4, worker -> {
            Random random = new Random(Seeds.nth(100 + worker));
            RandomOperations operations = new RandomOperations(heap, random, Seeds.describe(100 + worker), false);
            all.add(operations);
            for (int i = 0; i < 10_000; i++) {
                if (i % 23 == 0) {
                    places.moveTo(random.nextInt(PLACES));
                }
                if (worker == 0 && i % 500 == 0) {
                    heap.findPlacesAnew();
                    heap.giveBackIdle();
                }
                operations.step();
            }
        });
        all.forEach(RandomOperations::freeAll);
        assertEmpty();
    }

    @Test
    void aThreadThatMovedKeepsLargeBlocksAtHand() {
        for (int place = 0; place < PLACES; place++) {
            places.moveTo(place);
            long first = heap.allocate(100_000);
            heap.free(first);
            long active = heap.counts().activeBytes();
            assertThat(active).as("cached at place %d", place).isPositive();
            assertThat(heap.allocate(100_000)).isEqualTo(first);
            heap.free(first);
        }
        assertEmpty();
    }

    @Test
    void aClosedHeapIsNotAskedForItsPlace() {
        Heap without = new Heap(
                new ExtentSources() {
                    @Override
                    public int currentPlace() {
                        throw ExtentUnavailableException.withoutNodes("no such nodes");
                    }

                    @Override
                    public ExtentSource source(int place) {
                        throw new AssertionError("there is no place " + place);
                    }
                },
                HeapOptions.DEFAULT);
        for (long byteSize : new long[] {16, 1 << 20}) {
            assertThatExceptionOfType(ExtentUnavailableException.class)
                    .isThrownBy(() -> without.allocate(byteSize))
                    .withMessage("no such nodes");
        }
        without.close();
        for (long byteSize : new long[] {16, 1 << 20}) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> without.allocate(byteSize))
                    .withMessage("the heap is closed");
        }
    }
}
