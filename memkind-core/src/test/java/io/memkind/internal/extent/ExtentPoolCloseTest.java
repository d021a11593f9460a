package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.internal.os.Errno;
import io.memkind.internal.os.PageSize;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ExtentPoolCloseTest {
    private final FaultyMemory memory = new FaultyMemory();
    private final AtomicReference<Runnable> beforePurge = new AtomicReference<>(() -> {});
    private final ExtentPool pool = Pools.alone(new HookedSource(), Long.MAX_VALUE, false);

    /** Runs something between the moment when a pool decides to purge and the purge itself. */
    private final class HookedSource extends ForwardingSource {
        HookedSource() {
            super(memory);
        }

        @Override
        public Purged purge(long address, long byteSize) {
            beforePurge.get().run();
            return super.purge(address, byteSize);
        }
    }

    @AfterEach
    void unmapsWhatATestLeft() {
        memory.failNothing();
        for (long[] range : memory.mappedRanges()) {
            memory.unmap(range[0], range[1] - range[0]);
        }
    }

    private long allocate(long pages) {
        return ExtentPool.addressOf(pool.allocate(pages, PageSize.BYTES));
    }

    @Test
    void unmapsWhatIsInUseAndForgetsItsOwners() {
        long run = allocate(5);
        long freed = allocate(3);
        PageMap.setAll(run, 5, new TestOwner(run, 5));
        pool.free(freed, 3);
        pool.close();

        assertThat(memory.mappedBytes()).isZero();
        assertThat(PageMap.get(run)).isNull();
        assertThat(PageMap.get(run + 4 * PageSize.BYTES)).isNull();
        assertThat(PageMap.get(freed)).isNull();
        assertThat(pool.contains(run)).isFalse();
    }

    @Test
    void countsNothingAfterwards() {
        long run = allocate(5);
        allocate(1);
        pool.free(run, 5);
        pool.close();

        assertThat(pool.counts()).isEqualTo(new ExtentCounts(0, 0, 0, 0, 0, 0));
        assertThat(pool.residentBytes()).isZero();
    }

    @Test
    void refusesToAllocateAndIgnoresTheRestAfterwards() {
        long run = allocate(5);
        long freed = allocate(5);
        pool.free(freed, 5);
        pool.close();

        assertThatThrownBy(() -> pool.allocate(1, PageSize.BYTES)).isInstanceOf(IllegalStateException.class);
        pool.free(run, 5);
        pool.purgeTo(0);
        pool.decayStep();
        assertThat(pool.tryGrow(run, 5, 6)).isFalse();
        pool.close();
        assertThat(PageMap.get(run)).isNull();
    }

    @Test
    void triesAgainToUnmapWhatCouldNotBe() {
        allocate(5);
        memory.failAll(FaultyMemory.Call.MUNMAP, Errno.ENOMEM);
        pool.close();
        assertThat(memory.failedCalls()).isNotEmpty();
        assertThat(pool.mappedRanges()).isDeepEqualTo(memory.mappedRanges());

        memory.failNothing();
        pool.close();
        assertThat(memory.mappedBytes()).isZero();
    }

    /** Whether the other thread is through with closing when the purge goes on. */
    private enum Closing {
        OTHER_THREAD,
        OTHER_THREAD_WITH_FAILING_PURGE
    }

    /*
     * The memory that is about to be purged is unmapped by then, and may be somebody else's: the call must not be made,
     * or closing must wait for it. FaultyMemory throws when it is made.
     */
    @ParameterizedTest
    @EnumSource
    @Timeout(60)
    void purgesNothingThatWasUnmappedMeanwhile(Closing closing) throws InterruptedException {
        long run = allocate(5);
        allocate(1);
        pool.free(run, 5);
        Thread closer = new Thread(pool::close, "closer");
        beforePurge.set(() -> {
            if (closing == Closing.OTHER_THREAD_WITH_FAILING_PURGE) {
                memory.failAll(FaultyMemory.Call.MADVISE, Errno.EAGAIN);
            }
            closer.start();
            awaitBlocked(closer);
        });
        pool.purgeTo(0);
        closer.join();

        assertThat(memory.mappedBytes()).isZero();
        assertThat(pool.counts().mappedBytes()).isZero();
        assertThat(PageMap.get(run)).isNull();
        assertThat(PageMap.get(run + 4 * PageSize.BYTES)).isNull();
    }

    @Test
    @Timeout(60)
    void purgingAllWaitsForThePurgesOfOthers() throws InterruptedException {
        long run = allocate(5);
        allocate(1);
        pool.free(run, 5);
        Thread other = new Thread(pool::purgeAll, "other");
        beforePurge.set(() -> {
            other.start();
            awaitBlocked(other);
            assertThat(other.getState()).isEqualTo(Thread.State.WAITING);
        });
        pool.purgeTo(0);
        other.join();
        assertThat(pool.counts().dirtyBytes()).isZero();
        pool.close();
    }

    private static void awaitBlocked(Thread thread) {
        while (Set.of(Thread.State.NEW, Thread.State.RUNNABLE).contains(thread.getState())) {
            Thread.onSpinWait();
        }
    }
}
