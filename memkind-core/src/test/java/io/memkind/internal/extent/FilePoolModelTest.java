package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.TestDirectories;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.PageSize;
import java.lang.foreign.Arena;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Random operations on pools over files and over fixed memory, beside a model. */
class FilePoolModelTest {
    private static final long NO_LIMIT = Long.MAX_VALUE >>> PageSize.SHIFT;
    private static final int SEEDS = 6;
    private static final int STEPS = 600;

    private final FaultyMemory memory = new FaultyMemory();
    private final FaultyFiles files = new FaultyFiles();

    private ExtentPools pools(long limitBytes) {
        ExtentSource source = SourceOver.files(memory, files, TestDirectories.inMemory(), limitBytes);
        return new ExtentPools(ExtentSources.single(source), limitBytes, false);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void usedAndDirtyPagesHaveSpaceAndOthersNone(boolean punchesHoles) {
        if (!punchesHoles) {
            files.failAll(FaultyFiles.Call.PUNCH_HOLE, Errno.EOPNOTSUPP);
        }
        long growths = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            ExtentPools pools = pools(Long.MAX_VALUE);
            ExtentPool pool = pools.of(0);
            PoolModel model = new PoolModel(pool, NO_LIMIT, seed);
            for (int step = 0; step < STEPS; step++) {
                model.step();
                ExtentCounts counts = pool.counts();
                long held = counts.activeBytes() + counts.dirtyBytes();
                assertThat(files.reservedBytes()).as("space, seed %d", seed).isEqualTo(held);
            }
            model.freeAll();
            pool.purgeTo(0);
            if (punchesHoles) {
                assertThat(pool.counts().dirtyBytes()).isZero();
                assertThat(pool.counts().cleanExtents()).isEqualTo(pool.mappedRanges().length);
                assertThat(files.reservedBytes()).isZero();
                assertThat(pool.residentBytes()).isZero();
            }
            pools.close(false);
            assertThat(memory.mappedBytes()).isZero();
            assertThat(files.openFiles()).isZero();
            growths += model.growths();
        }
        assertThat(growths).isPositive();
    }

    @Test
    void aLimitHoldsWithoutHolesToo() {
        files.failAll(FaultyFiles.Call.PUNCH_HOLE, Errno.EOPNOTSUPP);
        for (long seed = 1; seed <= SEEDS; seed++) {
            ExtentPools pools = pools(2000 * PageSize.BYTES);
            ExtentPool pool = pools.of(0);
            Random random = new Random(seed);
            for (int round = 0; round < 20; round++) {
                /* In one piece again, so that only the limit can refuse. */
                pool.purgeTo(0);
                long pages = 1L + random.nextInt(60);
                List<Long> runs = new ArrayList<>();
                while ((runs.size() + 1) * pages <= 2000) {
                    runs.add(ExtentPool.addressOf(pool.allocate(pages, PageSize.BYTES)));
                    assertThat(files.isReserved(runs.getLast(), pages * PageSize.BYTES))
                            .isTrue();
                }
                assertThat(files.reservedBytes()).as("space, seed %d", seed).isLessThanOrEqualTo(2000 * PageSize.BYTES);
                runs.forEach(run -> pool.free(run, pages));
            }
            pools.close(false);
        }
    }

    @Test
    void neverExceedsTheLimitAndNeverRefusesWithinIt() {
        long refusals = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            ExtentPools pools = pools(2000 * PageSize.BYTES);
            ExtentPool pool = pools.of(0);
            PoolModel model = new PoolModel(pool, 2000, seed);
            for (int step = 0; step < STEPS; step++) {
                model.step();
                assertThat(files.reservedBytes()).as("space, seed %d", seed).isLessThanOrEqualTo(2000 * PageSize.BYTES);
            }
            refusals += model.refusals();
            pools.close(false);
        }
        assertThat(refusals).isPositive();
    }

    @Test
    void fixedMemoryIsWholeAgainWhenEverythingIsFreed() {
        try (Arena arena = Arena.ofShared()) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                FixedSource source = new FixedSource(arena.allocate(256L << 20, PageSize.BYTES), PageSize.BYTES);
                ExtentPools pools = new ExtentPools(ExtentSources.single(source), Long.MAX_VALUE, false);
                ExtentPool pool = pools.of(0);
                PoolModel model = new PoolModel(pool, NO_LIMIT, seed);
                for (int step = 0; step < STEPS; step++) {
                    model.step();
                }
                model.freeAll();
                pool.purgeTo(0);
                ExtentCounts counts = pool.counts();
                assertThat(counts.cleanBytes()).isEqualTo(source.byteSize());
                assertThat(counts.cleanExtents()).isEqualTo(1);
                assertThat(model.zeroedRuns()).as("never known to be zero").isZero();
                pools.close(false);
            }
        }
    }
}
