package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.extent.ExtentSources;
import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.extent.FaultyMemory;
import io.memkind.internal.extent.SourceOver;
import io.memkind.internal.os.Errno;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Each system call that the heap makes fails once: nothing leaks, and the same request succeeds afterwards. */
class HeapFaultTest {
    private static final long[] SIZES = {1, 100, 5_000, 30_000, 100_000, 3_000_000, 1, 40_000_000, 700_000};

    private final FaultyMemory memory = new FaultyMemory();

    @ParameterizedTest
    @EnumSource(names = {"MMAP", "MUNMAP", "MADVISE"})
    void anyOneCallMayFail(FaultyMemory.Call call) {
        boolean failed = true;
        for (long n = 1; failed; n++) {
            memory.failNth(call, n, Errno.ENOMEM);
            Heap heap = new Heap(ExtentSources.single(SourceOver.basePages(memory)), memory, HeapOptions.DEFAULT);
            List<Long> live = new ArrayList<>();
            for (long byteSize : SIZES) {
                live.add(allocateTwiceIfNeeded(heap, byteSize, live));
            }
            live.set(1, heap.reallocate(live.get(1), 200_000));
            live.forEach(heap::free);
            heap.trim();
            heap.trim();
            failed = !memory.failedCalls().isEmpty();
            assertThat(heap.census().allocatedBytes()).as("%s %d", call, n).isZero();
            assertThat(heap.residentBytes()).as("%s %d", call, n).isZero();
            memory.failNothing();
            heap.close();
        }
    }

    private static long allocateTwiceIfNeeded(Heap heap, long byteSize, List<Long> live) {
        try {
            return heap.allocate(byteSize);
        } catch (ExtentUnavailableException e) {
            assertThat(e.errno()).isEqualTo(Errno.ENOMEM);
            live.forEach(address -> assertThat(heap.usableBytes(address)).isPositive());
            return heap.allocate(byteSize);
        }
    }

    @Test
    void aLastingShortageIsReportedAndOverAtItsEnd() {
        Heap heap = new Heap(ExtentSources.single(SourceOver.basePages(memory)), memory, HeapOptions.DEFAULT);
        memory.failAll(FaultyMemory.Call.MMAP, Errno.ENOMEM);
        for (long byteSize : SIZES) {
            try {
                heap.free(heap.allocate(byteSize));
                throw new AssertionError("allocated " + byteSize + " bytes without memory");
            } catch (ExtentUnavailableException e) {
                assertThat(e).hasMessageContaining("mmap").hasMessageContaining("ENOMEM");
            }
        }
        memory.failNothing();
        heap.free(heap.allocate(100));
        heap.close();
    }
}
