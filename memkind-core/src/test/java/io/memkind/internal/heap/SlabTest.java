package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.extent.AnonymousSource;
import io.memkind.internal.os.PageSize;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Slabs of every class, by arithmetic alone: their memory is never touched. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SlabTest {
    private static final long[] ADDRESSES = {1L << 30, (1L << 46) + (7L << 12), (1L << 47) - (1L << 30)};

    private final Heap heap = new Heap(AnonymousSource.of(AnonymousSource.Pages.BASE, 0), HeapOptions.DEFAULT);
    private Shard shard;
    private final long[][] magazines = Magazines.create();

    static IntStream classes() {
        return IntStream.range(0, SizeClasses.SLAB_CLASS_COUNT);
    }

    @BeforeAll
    void open() {
        shard = new Shard(heap, 0);
    }

    @AfterAll
    void close() {
        shard.destroy();
        heap.close();
    }

    private Slab slab(int sizeClass, long address) {
        return new Slab(shard, sizeClass, address, SizeClasses.slabPagesOf(sizeClass));
    }

    @ParameterizedTest
    @MethodSource("classes")
    void blocksFitAndLittleIsWasted(int sizeClass) {
        Slab slab = slab(sizeClass, ADDRESSES[0]);
        long slabBytes = slab.pageCount() << PageSize.SHIFT;
        long used = (long) slab.blockCount * slab.blockBytes;
        assertThat(slab.blockBytes).isEqualTo((int) SizeClasses.byteSizeOf(sizeClass));
        assertThat(slab.blockCount).isBetween(1, Slab.MAX_BLOCKS);
        assertThat(used).isLessThanOrEqualTo(slabBytes);
        assertThat(8 * (slabBytes - used)).as("waste of %d", slabBytes).isLessThanOrEqualTo(slabBytes);
        assertThat(slabBytes).as("bound of the reciprocal").isLessThanOrEqualTo(1 << 20);
        assertThat(slab.isEmpty()).isTrue();
        assertThat(slab.hasFree()).isTrue();
    }

    /* Takes all blocks, and puts each back where arithmetic finds it. */
    @ParameterizedTest
    @MethodSource("classes")
    void everyBlockLeavesAndComesBack(int sizeClass) {
        long[] magazine = Magazines.use(magazines, sizeClass);
        Magazines.shrink(magazine, sizeClass);
        for (long address : ADDRESSES) {
            Slab slab = slab(sizeClass, address);
            Set<Long> out = takeAll(slab, magazine);
            assertThat(out).hasSize(slab.blockCount);
            for (int index = 0; index < slab.blockCount; index++) {
                long block = address + (long) index * slab.blockBytes;
                assertThat(out).contains(block);
                assertThat(slab.slotOf(block)).isEqualTo(block);
                assertThat(slab.slotOf(block + slab.blockBytes - 1)).isEqualTo(block);
                slab.put(block);
                assertThat(slab.hasFree()).isTrue();
                slab.fill(magazine, 1);
                assertThat(Magazines.pop(magazine)).as("block %d", index).isEqualTo(block);
                assertThat(slab.hasFree()).isFalse();
            }
            for (long block : out) {
                slab.put(block);
            }
            assertThat(slab.isEmpty()).isTrue();
        }
    }

    private static Set<Long> takeAll(Slab slab, long[] magazine) {
        Set<Long> out = new HashSet<>();
        long last = 0;
        while (slab.hasFree()) {
            slab.fill(magazine, Slab.MAX_BLOCKS);
            for (long block = Magazines.pop(magazine); block != 0; block = Magazines.pop(magazine)) {
                assertThat(block).as("lowest first").isGreaterThan(last);
                assertThat(out.add(block)).isTrue();
                last = block;
            }
            assertThat(slab.isEmpty()).isFalse();
        }
        return out;
    }

    @ParameterizedTest
    @MethodSource("classes")
    void nothingIsBehindTheLastBlock(int sizeClass) {
        Slab slab = slab(sizeClass, ADDRESSES[0]);
        long end = ADDRESSES[0] + (slab.pageCount() << PageSize.SHIFT);
        long used = ADDRESSES[0] + (long) slab.blockCount * slab.blockBytes;
        for (long address = used; address < end; address += 8) {
            assertThat(slab.slotOf(address)).isEqualTo(-1);
        }
        assertThat(slab.slotOf(used - 1)).isEqualTo(used - slab.blockBytes);
    }
}
