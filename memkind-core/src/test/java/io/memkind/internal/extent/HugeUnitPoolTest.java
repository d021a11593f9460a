package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.os.MemoryPolicy;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.RawMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A source that works in units of 2 MiB. */
class HugeUnitPoolTest {
    private static final long PAGE = PageSize.BYTES;
    private static final long UNIT = 2L << 20;
    private static final long UNIT_PAGES = UNIT / PAGE;

    private final FaultyMemory memory = new FaultyMemory();
    private ExtentPool pool = limitedTo(Long.MAX_VALUE);

    private ExtentPool limitedTo(long limitBytes) {
        return Pools.alone(
                new AnonymousSource(
                        memory, AnonymousSource.Pages.TRANSPARENT_HUGE, UNIT, MemoryPolicy.DEFAULT, new long[0]),
                limitBytes,
                false);
    }

    @AfterEach
    void leavesNothingMapped() {
        pool.close();
        assertThat(memory.mappedBytes()).isZero();
    }

    private long allocate(long pages) {
        return ExtentPool.addressOf(pool.allocate(pages, PAGE));
    }

    @Test
    void mapsWholeUnits() {
        allocate(1);
        for (long[] range : pool.mappedRanges()) {
            assertThat(range[0] % UNIT).isZero();
            assertThat(range[1] % UNIT).isZero();
        }
    }

    @Test
    void countsTheRestOfATouchedUnitAsDirty() {
        long run = allocate(1);

        assertThat(pool.counts().dirtyBytes()).isEqualTo(UNIT - PAGE);
        assertThat(pool.counts().cleanBytes() % UNIT).isZero();
        pool.free(run, 1);
        assertThat(pool.counts().dirtyBytes()).isEqualTo(UNIT);
        assertThat(pool.counts().dirtyExtents()).isOne();
    }

    @Test
    void givesBackWholeUnitsOnly() {
        long first = allocate(UNIT_PAGES + 1);
        RawMemory.segment(first, UNIT + PAGE).fill((byte) 7);
        pool.free(first, UNIT_PAGES);
        pool.purgeTo(0);

        /* The second unit is in use by one page; the first went back. */
        assertThat(pool.counts().dirtyBytes()).isEqualTo(UNIT - PAGE);
        assertThat(memory.residentBytes(first, UNIT)).isZero();
        assertThat(RawMemory.getLong(first + UNIT)).isEqualTo(0x0707070707070707L);
        pool.free(first + UNIT, 1);
        pool.purgeTo(0);
        assertThat(pool.counts().dirtyBytes()).isZero();
        assertThat(pool.residentBytes()).isZero();
    }

    @Test
    void saysThatMemoryIsZeroedOnlyInUnitsThatNobodyTouched() {
        long first = pool.allocate(1, PAGE);
        assertThat(ExtentPool.isZeroed(first)).isTrue();
        assertThat(ExtentPool.isZeroed(pool.allocate(1, PAGE))).isFalse();
        assertThat(ExtentPool.isZeroed(pool.allocate(UNIT_PAGES, PAGE))).isTrue();
    }

    @Test
    void keepsActiveAndDirtyWithinTheLimit() {
        pool = limitedTo(UNIT / 2);
        try {
            allocate(1);
        } catch (ExtentUnavailableException e) {
            assertThat(e).hasMessageContaining("limit");
        }
        ExtentCounts counts = pool.counts();
        assertThat(counts.activeBytes() + counts.dirtyBytes()).isLessThanOrEqualTo(UNIT / 2);
    }

    @Test
    void usesAllUnitsThatTheLimitAllows() {
        pool = limitedTo(3 * UNIT);
        long first = allocate(UNIT_PAGES);
        allocate(2 * UNIT_PAGES - 5);
        allocate(5);
        pool.free(first, UNIT_PAGES);

        assertThat(allocate(UNIT_PAGES)).isEqualTo(first);
        assertThat(pool.counts().activeBytes()).isEqualTo(3 * UNIT);
    }
}
