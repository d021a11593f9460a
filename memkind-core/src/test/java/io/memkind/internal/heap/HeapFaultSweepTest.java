package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Pattern;
import io.memkind.internal.extent.AnonymousSource;
import io.memkind.internal.extent.ExtentSource;
import io.memkind.internal.extent.ExtentSources;
import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.extent.FaultyMemory;
import io.memkind.internal.extent.FaultyMemory.Call;
import io.memkind.internal.extent.SourceOver;
import io.memkind.internal.os.Errno;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A sequence of operations on heaps over several sources, in which each system call in turn fails. */
class HeapFaultSweepTest {
    /* More than the longest sequence makes. */
    private static final int MOST_CALLS = 200;

    record Setup(String name, Function<FaultyMemory, ExtentSource> source, HeapOptions options) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Setup> setups() {
        HeapOptions decayZero = new HeapOptions(Long.MAX_VALUE, Duration.ZERO, false);
        return Stream.of(
                new Setup("base", m -> SourceOver.anonymous(m, AnonymousSource.Pages.BASE, 0), HeapOptions.DEFAULT),
                new Setup("base, no decay", m -> SourceOver.anonymous(m, AnonymousSource.Pages.BASE, 0), decayZero),
                new Setup(
                        "transparent huge",
                        m -> SourceOver.anonymous(m, AnonymousSource.Pages.TRANSPARENT_HUGE, 2 << 20),
                        decayZero),
                new Setup("bound", SourceOver::boundToNode0, HeapOptions.DEFAULT));
    }

    /* Attempts that fail are made once more, when nothing fails any more. */
    private static final class Sequence {
        private final Heap heap;
        private final List<Long> live = new ArrayList<>();

        Sequence(Heap heap) {
            this.heap = heap;
        }

        void run() {
            for (long size : new long[] {8, 100, 5_000, 32_000, 100_000, 1 << 20, 3 << 20, 9 << 20}) {
                keep(() -> heap.allocate(size), size);
                keep(() -> heap.allocateZeroed(size), size);
                keep(() -> heap.allocateAligned(size, 64 << 10), size);
            }
            keep(() -> heap.allocateAligned(100, 8 << 20), 100);
            for (int i = 0; i < live.size(); i += 3) {
                long old = live.get(i);
                Pattern.fill(old, 8, i);
                live.set(i, retry(() -> heap.reallocate(old, 2 << 20)));
                assertThat(Pattern.firstDamage(live.get(i), 8, i)).isEqualTo(-1);
            }
            heap.trim();
            for (int i = 0; i < 10; i++) {
                heap.free(live.removeLast());
            }
            heap.trim();
            keep(() -> heap.allocate(4 << 20), 4 << 20);
            live.forEach(heap::free);
        }

        private void keep(LongSupplier call, long size) {
            long block = retry(call);
            assertThat(heap.usableBytes(block)).isGreaterThanOrEqualTo(size);
            Pattern.at(block, size).fill((byte) -1);
            live.add(block);
        }

        private long retry(LongSupplier call) {
            long allocated = heap.census().allocatedBytes();
            try {
                return call.getAsLong();
            } catch (ExtentUnavailableException e) {
                assertThat(e).hasMessageContaining("EBUSY").hasMessageContaining("bytes failed");
                assertThat(heap.census().allocatedBytes()).as("after a failure").isEqualTo(allocated);
                return call.getAsLong();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("setups")
    void aFailedCallLeavesTheHeapAsItWas(Setup setup) {
        int n = 1;
        boolean reached = true;
        while (reached) {
            FaultyMemory memory = new FaultyMemory();
            Heap heap = new Heap(ExtentSources.single(setup.source().apply(memory)), memory, setup.options());
            memory.failNth(n, Errno.EBUSY);
            new Sequence(heap).run();
            reached = !memory.failedCalls().isEmpty();
            memory.failNothing();
            assertEmptyAfterTrim(heap, n);
            heap.close();
            assertThat(heap.counts().mappedBytes())
                    .as("mapped after close, call %d", n)
                    .isZero();
            n++;
        }
        assertThat(n).as("calls that were made to fail").isBetween(10, MOST_CALLS);
    }

    private static void assertEmptyAfterTrim(Heap heap, int n) {
        heap.trim();
        assertThat(heap.census().allocatedBytes()).as("allocated, call %d", n).isZero();
        assertThat(heap.counts().activeBytes()).as("active, call %d", n).isZero();
        assertThat(heap.residentBytes()).as("resident, call %d", n).isZero();
    }

    /* A failing map is tried again after everything free was reclaimed; so all must fail for an error. */
    @ParameterizedTest
    @MethodSource("setups")
    void whenNothingCanBeMappedAllocationFailsUntilItCan(Setup setup) {
        FaultyMemory memory = new FaultyMemory();
        Heap heap = new Heap(ExtentSources.single(setup.source().apply(memory)), memory, setup.options());
        long kept = heap.allocate(64);
        Pattern.fill(kept, 64, 1);
        memory.failAll(Call.MMAP, Errno.EBUSY);
        int failures = 0;
        for (long size : new long[] {16, 1_000, 20_000, 200_000, 70 << 20}) {
            long allocated = heap.census().allocatedBytes();
            for (int i = 0; i < 1_000; i++) {
                try {
                    heap.free(heap.allocate(size));
                } catch (ExtentUnavailableException e) {
                    failures++;
                    assertThat(e).hasMessageContaining("mmap").hasMessageContaining("EBUSY");
                    assertThat(heap.census().allocatedBytes()).isEqualTo(allocated);
                    break;
                }
            }
        }
        assertThat(failures).isPositive();
        memory.failNothing();
        heap.free(heap.allocate(70 << 20));
        assertThat(Pattern.firstDamage(kept, 64, 1)).isEqualTo(-1);
        heap.free(kept);
        assertEmptyAfterTrim(heap, 0);
        heap.close();
    }
}
