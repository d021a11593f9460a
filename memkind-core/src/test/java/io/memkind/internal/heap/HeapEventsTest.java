package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memkind.Seeds;
import io.memkind.internal.extent.AnonymousSource;
import io.memkind.internal.extent.ExtentUnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A heap that counts allocations counts each one, and one that does not is as it was. */
class HeapEventsTest {
    private final Heap heap = new Heap(AnonymousSource.of(AnonymousSource.Pages.BASE, 0), HeapOptions.DEFAULT);
    private final AllocationCounter counter = new AllocationCounter(true);

    @AfterEach
    void close() {
        heap.close();
    }

    private void assertTold(long allocations, long requestedBytes) {
        assertThat(counter.allocations.sum()).isEqualTo(allocations);
        assertThat(counter.requestedBytes.sum()).isEqualTo(requestedBytes);
    }

    @Test
    void everyWayToAllocateIsToldOnceWithTheSizeAskedFor() {
        heap.free(heap.allocate(100));
        heap.observe(counter);
        heap.allocate(100);
        assertTold(1, 100);
        heap.allocateZeroed(101);
        assertTold(2, 201);
        heap.allocateAligned(3, 64);
        assertTold(3, 204);
        heap.allocateAlignedZeroed(5, 64);
        assertTold(4, 209);
        long large = heap.allocate(1_000_000);
        assertTold(5, 1_000_209);
        heap.allocateZeroed(2_000_000);
        assertTold(6, 3_000_209);
        heap.allocateAligned(1_000_000, 1 << 20);
        assertTold(7, 4_000_209);
        heap.allocateAlignedZeroed(1_000_000, 1 << 20);
        assertTold(8, 5_000_209);
        heap.free(large);
        heap.allocate(1_000_000); // from the cache
        assertTold(9, 6_000_209);
    }

    @Test
    void aBlockThatMovesIsToldAndOneThatStaysIsNot() {
        heap.observe(counter);
        long block = heap.allocate(100);
        assertThat(heap.reallocate(block, 101)).isEqualTo(block);
        assertTold(1, 100);
        heap.reallocate(block, 5000);
        assertTold(2, 5100);
    }

    @Test
    void whatIsRefusedIsNotTold() {
        heap.observe(counter);
        assertThatExceptionOfType(ExtentUnavailableException.class).isThrownBy(() -> heap.allocate(1L << 60));
        assertTold(0, 0);
    }

    @Test
    void theFastPathIsClosedWhileCountingAndOpenBeforeAndAfter() {
        heap.free(heap.allocate(64));
        assertThat(heap.currentOrNull()).isNotNull();
        heap.observe(counter);
        assertThat(heap.currentOrNull()).isNull();
        heap.free(heap.allocate(64));
        assertThat(heap.currentOrNull()).isNull();
        assertThat(heap.cachingShardOrNull(0)).isNotNull();
        heap.observe(null);
        heap.free(heap.allocate(64));
        assertThat(heap.currentOrNull()).isNotNull();
        heap.free(heap.allocate(64));
        assertTold(1, 64);
    }

    @Test
    void anObserverThatDoesNotCountLeavesTheFastPathOpen() {
        AllocationCounter other = new AllocationCounter(false);
        heap.observe(other);
        heap.free(heap.allocate(64));
        heap.free(heap.allocate(64));
        assertThat(heap.currentOrNull()).isNotNull();
        assertThat(other.allocations.sum()).isZero();
        assertThat(other.mappedBytes.sum()).isPositive();
    }

    @Test
    void threadsOfAllSortsAreCountedToTheLast() throws InterruptedException {
        heap.observe(counter);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Runnable work = () -> {
                for (int n = 0; n < 500; n++) {
                    heap.free(heap.allocate(48));
                }
            };
            threads.add(
                    i % 10 == 0
                            ? Thread.ofPlatform().start(work)
                            : Thread.ofVirtual().start(work));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        assertTold(20_000, 20_000 * 48);
        assertThat(heap.census().allocatedBytes()).isZero();
    }

    /* Blocks go on to live and die as the model says, whatever is switched meanwhile. */
    @Test
    void switchingOnAndOffChangesNothingForTheBlocks() {
        for (int run = 0; run < 6; run++) {
            HeapOptions options =
                    run % 3 == 2 ? new HeapOptions(96L << 20, Duration.ZERO, false, true) : HeapOptions.DEFAULT;
            Heap switched = new Heap(AnonymousSource.of(AnonymousSource.Pages.BASE, 0), options);
            Random random = new Random(Seeds.nth(run));
            RandomOperations operations = new RandomOperations(switched, random, Seeds.describe(run));
            for (int i = 0; i < 6000; i++) {
                if (random.nextInt(100) == 0) {
                    switched.observe(random.nextBoolean() ? counter : null);
                }
                operations.step();
            }
            operations.freeAll();
            switched.trim();
            assertThat(switched.counts().activeBytes()).as(Seeds.describe(run)).isZero();
            switched.close();
        }
        assertThat(counter.allocations.sum()).isPositive();
    }

    @Test
    void switchingBesideBusyThreadsLosesNoBlock() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            Runnable work = () -> {
                long[] live = new long[64];
                for (int n = 0; n < 40_000; n++) {
                    int slot = ThreadLocalRandom.current().nextInt(live.length);
                    if (live[slot] != 0) {
                        heap.free(live[slot]);
                    }
                    live[slot] = heap.allocate(1 + ThreadLocalRandom.current().nextLong(100_000));
                }
                for (long block : live) {
                    if (block != 0) {
                        heap.free(block);
                    }
                }
            };
            threads.add(
                    i == 0
                            ? Thread.ofVirtual().start(work)
                            : Thread.ofPlatform().start(work));
        }
        boolean on = false;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            on = !on;
            heap.observe(on ? counter : null);
            Thread.sleep(1);
        }
        for (Thread thread : threads) {
            thread.join();
        }
        heap.trim();
        assertThat(heap.census().allocatedBytes()).isZero();
        assertThat(heap.counts().activeBytes()).isZero();
    }
}
