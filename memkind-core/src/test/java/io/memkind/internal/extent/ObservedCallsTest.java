package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memkind.internal.os.Errno;
import io.memkind.internal.os.MemoryPolicy;
import io.memkind.internal.os.PageSize;
import org.junit.jupiter.api.Test;

/** What a pool tells of its source is what really happened to the memory. */
class ObservedCallsTest {
    private static final class Tally implements ExtentEvents {
        long mappedBytes;
        long purges;
        long purgedBytes;

        @Override
        public void mapped(long address, long byteSize, long callNanos) {
            mappedBytes += byteSize;
            assertThat(callNanos).isNotNegative();
        }

        @Override
        public void unmapped(long address, long byteSize, long callNanos) {
            mappedBytes -= byteSize;
            assertThat(callNanos).isNotNegative();
        }

        @Override
        public void purged(long address, long byteSize, long callNanos) {
            purges++;
            purgedBytes += byteSize;
            assertThat(callNanos).isNotNegative();
        }
    }

    private final FaultyMemory memory = new FaultyMemory();
    private final Tally tally = new Tally();

    private ExtentPool pool() {
        ExtentSource source =
                new AnonymousSource(memory, AnonymousSource.Pages.BASE, 0, MemoryPolicy.DEFAULT, new long[0]);
        ExtentPool pool = Pools.alone(source, Long.MAX_VALUE, false);
        pool.observe(tally);
        return pool;
    }

    @Test
    void theSumOfWhatIsToldIsWhatIsMapped() {
        for (long seed = 1; seed <= 4; seed++) {
            ExtentPool pool = pool();
            PoolModel model = new PoolModel(pool, Long.MAX_VALUE >>> PageSize.SHIFT, seed);
            memory.failNothing();
            tally.purges = 0;
            for (int step = 0; step < 300; step++) {
                model.step();
                assertThat(tally.mappedBytes)
                        .as("seed %d", seed)
                        .isEqualTo(pool.counts().mappedBytes());
            }
            assertThat(tally.purges)
                    .as("purges, seed %d", seed)
                    .isPositive()
                    .isEqualTo(memory.count(FaultyMemory.Call.MADVISE));
            pool.close();
            assertThat(tally.mappedBytes).as("after close, seed %d", seed).isZero();
        }
    }

    @Test
    void whatFailedIsNotTold() {
        ExtentPool pool = pool();
        memory.failAll(FaultyMemory.Call.MMAP, Errno.ENOMEM);
        assertThatExceptionOfType(ExtentUnavailableException.class).isThrownBy(() -> pool.allocate(1, PageSize.BYTES));
        assertThat(tally.mappedBytes).isZero();

        memory.failNothing();
        long run = ExtentPool.addressOf(pool.allocate(10, PageSize.BYTES));
        pool.free(run, 10);
        memory.failAll(FaultyMemory.Call.MADVISE, Errno.EINVAL);
        pool.purgeTo(0);
        assertThat(tally.purges).isZero();

        memory.failNothing();
        pool.purgeTo(0);
        assertThat(tally.purges).isEqualTo(1);
        assertThat(tally.purgedBytes).isEqualTo(10 * PageSize.BYTES);

        long mapped = tally.mappedBytes;
        memory.failAll(FaultyMemory.Call.MUNMAP, Errno.ENOMEM);
        pool.close();
        assertThat(tally.mappedBytes).isEqualTo(mapped);
        memory.failNothing();
    }

    /* As hugetlb pages are: the source gives the addresses back with the memory. */
    @Test
    void aPurgeThatUnmapsIsToldAsUnmapping() {
        for (ExtentSource.Purged purged : ExtentSource.Purged.values()) {
            ExtentSource source = new SourceThatPurges(purged);
            ObservedCalls calls = new ObservedCalls(source);
            calls.observe(tally);
            tally.mappedBytes = 0;
            tally.purgedBytes = 0;
            assertThat(calls.purge(1 << 20, 8192)).isEqualTo(purged);
            assertThat(tally.mappedBytes).isEqualTo(purged == ExtentSource.Purged.UNMAPPED ? -8192 : 0);
            assertThat(tally.purgedBytes).isEqualTo(purged == ExtentSource.Purged.CLEAN ? 8192 : 0);
        }
    }

    private record SourceThatPurges(Purged purged) implements ExtentSource {
        @Override
        public long map(long byteSize, long byteAlignment) {
            throw new AssertionError("not asked for");
        }

        @Override
        public boolean unmap(long address, long byteSize) {
            throw new AssertionError("not asked for");
        }

        @Override
        public Purged purge(long address, long byteSize) {
            return purged;
        }

        @Override
        public long residentBytes(long address, long byteSize) {
            return 0;
        }

        @Override
        public long granularityByteSize() {
            return PageSize.BYTES;
        }

        @Override
        public long regionByteSize(long neededBytes, long aheadBytes) {
            return neededBytes;
        }
    }

    @Test
    void nothingIsToldAfterTheObserverIsGone() {
        ExtentPool pool = pool();
        pool.observe(null);
        long run = ExtentPool.addressOf(pool.allocate(10, PageSize.BYTES));
        pool.free(run, 10);
        pool.purgeTo(0);
        pool.close();
        assertThat(tally.mappedBytes + tally.purges).isZero();
    }
}
