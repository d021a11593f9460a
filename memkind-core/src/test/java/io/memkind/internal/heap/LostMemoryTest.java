package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.internal.extent.ExtentSource;
import io.memkind.internal.extent.FixedSource;
import io.memkind.internal.os.PageSize;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * A caller ends the memory of a heap, and another heap gets the same addresses: as the kernel may decide, here for certain.
 * No memory is touched.
 */
class LostMemoryTest {
    private static final long BYTES = 8L << 20;

    /** Says that the range was mapped. */
    private record Given(long address) implements ExtentSource {
        @Override
        public long map(long byteSize, long byteAlignment) {
            assertThat(byteSize).isEqualTo(BYTES);
            return address;
        }

        @Override
        public long regionByteSize(long neededBytes, long aheadBytes) {
            return BYTES;
        }

        @Override
        public boolean unmap(long rangeAddress, long byteSize) {
            return true;
        }

        @Override
        public Purged purge(long rangeAddress, long byteSize) {
            return Purged.CLEAN;
        }

        @Override
        public long residentBytes(long rangeAddress, long byteSize) {
            return 0;
        }

        @Override
        public long granularityByteSize() {
            return PageSize.BYTES;
        }
    }

    private final List<Long> old = new ArrayList<>();

    @SuppressWarnings("MustBeClosedChecker") // the moment of closing is what is tested
    private Heap lost(Arena arena) {
        FixedSource source = new FixedSource(arena.allocate(BYTES, PageSize.BYTES), BYTES);
        Heap heap = new Heap(source, HeapOptions.DEFAULT);
        source.onLoss(heap::close);
        for (long byteSize : new long[] {8, 100, 3_000, 30_000, 70_000, 1 << 20}) {
            for (int i = 0; i < 3; i++) {
                old.add(heap.allocate(byteSize));
            }
        }
        return heap;
    }

    @Test
    void theHeapThatGetsTheAddressesHasTheLostOneClosedFirst() {
        for (long byteSize : new long[] {16, 100, 30_000, 70_000, 6 << 20}) {
            old.clear();
            Heap lost;
            long address;
            try (Arena arena = Arena.ofShared()) {
                lost = lost(arena);
                address = lost.mappedRanges()[0][0];
            }
            assertThat(lost.isClosed()).isFalse();
            Heap heir = new Heap(new Given(address), HeapOptions.DEFAULT);
            long block = heir.allocate(byteSize);

            assertThat(lost.isClosed()).isTrue();
            assertThat(lost.mappedRanges()).isEmpty();
            assertThatIllegalStateException().isThrownBy(() -> lost.allocate(8));
            assertThat(heir.usableBytes(block)).isGreaterThanOrEqualTo(byteSize);
            for (long stale : old) {
                assertThat(heir.owns(stale)).isEqualTo(stale - block >= 0 && stale - block < heir.usableBytes(block));
                if (stale != block) {
                    assertThatExceptionOfType(AddressRefusedException.class)
                            .as("stale block at offset %d", stale - address)
                            .isThrownBy(() -> heir.free(stale));
                }
            }
            lost.close();
            assertThat(heir.usableBytes(block)).isGreaterThanOrEqualTo(byteSize);
            heir.free(block);
            assertThat(heir.census().allocatedBytes()).isZero();
            heir.close();
        }
    }

    @Test
    void memoryThatIsAliveIsNotTaken() {
        try (Arena arena = Arena.ofShared()) {
            Heap heap = lost(arena);
            long elsewhere = arena.allocate(BYTES, PageSize.BYTES).address();
            Heap other = new Heap(new Given(elsewhere), HeapOptions.DEFAULT);
            other.allocate(100);
            assertThat(heap.isClosed()).isFalse();
            old.forEach(heap::free);
            other.close();
            heap.close();
        }
    }

    @Test
    void aHeapThatTellsLateIsClosedAtOnce() {
        FixedSource source;
        try (Arena arena = Arena.ofShared()) {
            source = new FixedSource(arena.allocate(BYTES, PageSize.BYTES), BYTES);
        }
        Heap heap = new Heap(source, HeapOptions.DEFAULT);
        Heap heir = new Heap(new Given(source.address()), HeapOptions.DEFAULT);
        heir.allocate(100);
        assertThat(heap.isClosed()).isFalse();
        source.onLoss(heap::close);
        assertThat(heap.isClosed()).isTrue();
        heir.close();
    }
}
