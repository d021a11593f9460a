package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Workers;
import io.memkind.internal.os.PageSize;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What the source has given never exceeds the limit, not even while some of it is being given back. */
class ExtentPoolLimitTest {
    private static final long LIMIT_PAGES = 512;
    private static final int THREADS = 3;

    private final FaultyMemory memory = new FaultyMemory();
    private final AtomicLong committedPages = new AtomicLong();
    private final AtomicLong mostCommittedPages = new AtomicLong();

    /** Counts pages from before they are committed until after they are purged, and is slow to purge. */
    private final class CountingSource extends ForwardingSource {
        CountingSource() {
            super(memory);
        }

        @Override
        public void commit(long address, long byteSize) {
            long now = committedPages.addAndGet(PageSize.pagesFor(byteSize));
            mostCommittedPages.accumulateAndGet(now, Math::max);
        }

        @Override
        public Purged purge(long address, long byteSize) {
            Thread.yield();
            Purged purged = super.purge(address, byteSize);
            Thread.yield();
            committedPages.addAndGet(-PageSize.pagesFor(byteSize));
            return purged;
        }
    }

    @Test
    void whatIsBeingPurgedCounts() {
        ExtentPool pool = Pools.alone(new CountingSource(), LIMIT_PAGES << PageSize.SHIFT, false);
        AtomicLong refusals = new AtomicLong();
        Workers.run(THREADS, worker -> {
            Random random = new Random(20_260_000L + worker);
            for (int i = 0; i < 3_000; i++) {
                long pages = LIMIT_PAGES / 2 + random.nextInt((int) LIMIT_PAGES / 2);
                long address;
                try {
                    address = ExtentPool.addressOf(pool.allocate(pages, PageSize.BYTES));
                } catch (ExtentUnavailableException e) {
                    refusals.incrementAndGet();
                    continue;
                }
                pool.free(address, pages);
                if (random.nextBoolean()) {
                    pool.purgeTo(0);
                }
            }
        });
        assertThat(refusals.get()).isLessThan(3_000L * THREADS);
        assertThat(mostCommittedPages.get()).isPositive().isLessThanOrEqualTo(LIMIT_PAGES);
        assertThat(pool.counts().activeBytes()).isZero();
        /* All of it can be had, alone. */
        pool.free(ExtentPool.addressOf(pool.allocate(LIMIT_PAGES, PageSize.BYTES)), LIMIT_PAGES);
        pool.close();
        assertThat(memory.mappedBytes()).isZero();
    }

    /* Each thread keeps within its share, so that none may ever be refused: also not while others purge its share. */
    @Test
    void aShareOfTheLimitIsNeverRefused() {
        ExtentPool pool = Pools.alone(new CountingSource(), LIMIT_PAGES << PageSize.SHIFT, false);
        Workers.run(THREADS, worker -> {
            for (int i = 0; i < 3_000; i++) {
                long pages = LIMIT_PAGES / THREADS;
                long address = ExtentPool.addressOf(pool.allocate(pages, PageSize.BYTES));
                pool.free(address, pages);
                pool.purgeTo(0);
            }
        });
        assertThat(mostCommittedPages.get()).isLessThanOrEqualTo(LIMIT_PAGES);
        pool.close();
        assertThat(memory.mappedBytes()).isZero();
    }

    /* As before, while each thread goes from pool to pool and leaves dirty memory behind. */
    @Test
    void aShareOfTheLimitIsNeverRefusedWhileOthersPurgeAnotherPool() {
        PoolShare share = new PoolShare(LIMIT_PAGES << PageSize.SHIFT, false);
        ExtentSource source = new CountingSource();
        List<ExtentPool> pools = IntStream.range(0, THREADS)
                .mapToObj(number -> new ExtentPool(source, share))
                .toList();
        Workers.run(THREADS, worker -> {
            Random random = new Random(20_261_000L + worker);
            for (int i = 0; i < 3_000; i++) {
                ExtentPool pool = pools.get(random.nextInt(THREADS));
                long pages = LIMIT_PAGES / THREADS;
                long address = ExtentPool.addressOf(pool.allocate(pages, PageSize.BYTES));
                assertThat(pool.tryGrow(address, pages, pages + LIMIT_PAGES)).isFalse();
                pool.free(address, pages);
                if (random.nextInt(4) == 0) {
                    pools.get(random.nextInt(THREADS)).purgeTo(0);
                }
            }
        });
        assertThat(mostCommittedPages.get()).isPositive().isLessThanOrEqualTo(LIMIT_PAGES);
        pools.forEach(pool -> pool.purgeTo(0));
        assertThat(share.freePages()).isEqualTo(LIMIT_PAGES);
        pools.forEach(ExtentPool::close);
        assertThat(share.freePages()).isEqualTo(LIMIT_PAGES);
        assertThat(memory.mappedBytes()).isZero();
    }
}
