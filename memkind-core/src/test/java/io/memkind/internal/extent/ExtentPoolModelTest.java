package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.os.MemoryPolicy;
import io.memkind.internal.os.PageSize;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random operations on pools over the real kernel, beside a model. */
class ExtentPoolModelTest {
    private static final long HUGE = 2L << 20;
    private static final long NO_LIMIT = Long.MAX_VALUE >>> PageSize.SHIFT;
    private static final int SEEDS = 8;
    private static final int STEPS = 600;

    private final FaultyMemory memory = new FaultyMemory();

    private ExtentPool pool(AnonymousSource.Pages pages, long limitBytes, boolean hogMemory) {
        ExtentSource source = new AnonymousSource(memory, pages, HUGE, MemoryPolicy.DEFAULT, new long[0]);
        return Pools.alone(source, limitBytes, hogMemory);
    }

    @ParameterizedTest
    @EnumSource(names = {"BASE", "TRANSPARENT_HUGE"})
    void givesEverythingBackInOnePiecePerRegion(AnonymousSource.Pages pages) {
        long zeroedRuns = 0;
        long growths = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            ExtentPool pool = pool(pages, Long.MAX_VALUE, false);
            PoolModel model = new PoolModel(pool, NO_LIMIT, seed);
            for (int step = 0; step < STEPS; step++) {
                model.step();
            }
            model.freeAll();
            pool.purgeTo(0);

            ExtentCounts counts = pool.counts();
            assertThat(counts.dirtyBytes()).as("dirty, seed %d", seed).isZero();
            assertThat(counts.cleanBytes()).as("clean, seed %d", seed).isEqualTo(counts.mappedBytes());
            assertThat(counts.cleanExtents()).as("pieces, seed %d", seed).isEqualTo(pool.mappedRanges().length);
            assertThat(pool.residentBytes()).as("resident, seed %d", seed).isZero();
            assertThat(pool.mappedRanges()).as("mapped, seed %d", seed).isDeepEqualTo(memory.mappedRanges());
            pool.close();
            assertThat(memory.mappedBytes())
                    .as("mapped at the end, seed %d", seed)
                    .isZero();
            zeroedRuns += model.zeroedRuns();
            growths += model.growths();
        }
        assertThat(zeroedRuns).isPositive();
        assertThat(growths).isPositive();
    }

    @Test
    void neverExceedsTheLimitAndNeverRefusesWithinIt() {
        long refusals = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            ExtentPool pool = pool(AnonymousSource.Pages.BASE, 2000 * PageSize.BYTES, false);
            PoolModel model = new PoolModel(pool, 2000, seed);
            for (int step = 0; step < STEPS; step++) {
                model.step();
            }
            refusals += model.refusals();
            pool.close();
        }
        assertThat(refusals).isPositive();
    }

    @Test
    void givesNothingBackWhenHogging() {
        for (long seed = 1; seed <= SEEDS; seed++) {
            ExtentPool pool = pool(AnonymousSource.Pages.BASE, Long.MAX_VALUE, true);
            PoolModel model = new PoolModel(pool, NO_LIMIT, seed);
            memory.failNothing();
            for (int step = 0; step < STEPS; step++) {
                model.step();
            }
            model.freeAll();
            long resident = pool.residentBytes();
            pool.purgeTo(0);
            for (int step = 0; step < 2 * DecayCurve.STEPS; step++) {
                pool.decayStep();
            }
            assertThat(memory.count(FaultyMemory.Call.MADVISE))
                    .as("purges, seed %d", seed)
                    .isZero();
            assertThat(resident).as("resident, seed %d", seed).isPositive().isEqualTo(pool.residentBytes());
            pool.close();
        }
        assertThat(memory.mappedBytes()).isZero();
    }
}
