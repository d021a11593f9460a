package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.internal.os.MemoryPolicy;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.RawMemory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExtentPoolTest {
    private static final long PAGE = PageSize.BYTES;

    private final FaultyMemory memory = new FaultyMemory();
    private ExtentPool pool = limitedTo(Long.MAX_VALUE);

    private ExtentPool limitedTo(long limitBytes) {
        return Pools.alone(
                new AnonymousSource(memory, AnonymousSource.Pages.BASE, 0, MemoryPolicy.DEFAULT, new long[0]),
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
    void reusesTheLowestFreedRun() {
        List<Long> runs = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            runs.add(allocate(3));
        }
        assertThat(runs).isSorted();
        pool.free(runs.get(5), 3);
        pool.free(runs.get(1), 3);
        pool.free(runs.get(7), 3);

        assertThat(allocate(3)).isEqualTo(runs.get(1));
        assertThat(allocate(3)).isEqualTo(runs.get(5));
    }

    @Test
    void mergesNeighboursOfEqualState() {
        long first = allocate(3);
        long second = allocate(4);
        long third = allocate(5);
        pool.free(first, 3);
        pool.free(third, 5);
        assertThat(pool.counts().dirtyExtents()).isEqualTo(2);
        pool.free(second, 4);

        assertThat(pool.counts().dirtyExtents()).isOne();
        assertThat(pool.counts().dirtyBytes()).isEqualTo(12 * PAGE);
        assertThat(pool.counts().cleanExtents()).isOne();
    }

    @Test
    void saysThatMemoryIsZeroedOnlyWhenItIsFresh() {
        long fresh = pool.allocate(4, PAGE);
        assertThat(ExtentPool.isZeroed(fresh)).isTrue();
        RawMemory.putLong(ExtentPool.addressOf(fresh), -1);
        pool.free(ExtentPool.addressOf(fresh), 4);
        long used = pool.allocate(4, PAGE);
        assertThat(used).isEqualTo(ExtentPool.addressOf(fresh));

        pool.free(used, 4);
        pool.purgeTo(0);
        assertThat(pool.allocate(4, PAGE)).isEqualTo(fresh);
        assertThat(RawMemory.getLong(ExtentPool.addressOf(fresh))).isZero();
    }

    @Test
    void allocatesUpToTheLimitAndNotAPageMore() {
        pool = limitedTo(10 * PAGE + 7);
        long first = allocate(4);
        allocate(6);

        assertThatThrownBy(() -> pool.allocate(1, PAGE))
                .isInstanceOf(ExtentUnavailableException.class)
                .hasMessage("the limit of " + 10 * PAGE + " bytes is reached");
        pool.free(first, 4);
        assertThatThrownBy(() -> pool.allocate(5, PAGE)).isInstanceOf(ExtentUnavailableException.class);
        assertThat(allocate(4)).isEqualTo(first);
    }

    @Test
    void purgesToStayWithinTheLimit() {
        pool = limitedTo(10 * PAGE);
        long first = allocate(3);
        allocate(1);
        long third = allocate(3);
        pool.free(first, 3);
        pool.free(third, 3);

        assertThat(allocate(9)).isPositive();
        assertThat(pool.counts().activeBytes()).isEqualTo(10 * PAGE);
        assertThat(pool.counts().dirtyBytes()).isZero();
    }

    @Test
    void growsUpToTheLimitAndNotAPageMore() {
        pool = limitedTo(10 * PAGE);
        long run = allocate(1);

        assertThat(pool.tryGrow(run, 1, 11)).isFalse();
        assertThat(pool.tryGrow(run, 1, 10)).isTrue();
        assertThat(pool.counts().activeBytes()).isEqualTo(10 * PAGE);
    }

    @Test
    void growsIntoFreePagesOfEitherState() {
        long run = allocate(2);
        long neighbour = allocate(3);
        assertThat(pool.tryGrow(run, 2, 3)).isFalse();
        pool.free(neighbour, 3);

        assertThat(pool.tryGrow(run, 2, 10)).isTrue();
        assertThat(pool.counts().dirtyBytes()).isZero();
        assertThat(pool.counts().activeBytes()).isEqualTo(10 * PAGE);
        assertThat(pool.tryGrow(run, 10, 1L << 30)).isFalse();
        assertThat(pool.counts().activeBytes()).isEqualTo(10 * PAGE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 12, 1L << 21, 1L << 30, 1L << 36})
    void alignsAsAskedFor(long alignment) {
        allocate(1);
        for (long pages : new long[] {1, 3, 600}) {
            assertThat(ExtentPool.addressOf(pool.allocate(pages, alignment)) % alignment)
                    .isZero();
        }
        /* Alignment costs address space for a moment, and neither memory nor a lasting mapping. */
        assertThat(pool.counts().mappedBytes()).isLessThan(256L << 20);
    }

    @Test
    void namesTheCallThatRefusesAnAbsurdSize() {
        assertThatThrownBy(() -> pool.allocate(1L << 40, PAGE))
                .isInstanceOf(ExtentUnavailableException.class)
                .hasMessageContaining("mmap of " + (1L << 40) * PAGE + " bytes failed: ENOMEM");
        assertThatThrownBy(() -> pool.allocate(1L << 36, 1L << 46)).isInstanceOf(ExtentUnavailableException.class);
        assertThat(pool.counts().mappedBytes()).isZero();
    }

    @Test
    void purgesTheOldestFirst() {
        long oldest = allocate(2);
        allocate(1);
        long youngest = allocate(2);
        allocate(1);
        pool.free(oldest, 2);
        pool.free(youngest, 2);
        pool.purgeTo(2);

        assertThat(pool.counts().dirtyBytes()).isEqualTo(2 * PAGE);
        assertThat(pool.allocate(2, PAGE)).isEqualTo(youngest);
    }

    @Test
    void decaysToNothing() {
        long run = allocate(100);
        RawMemory.segment(run, 100 * PAGE).fill((byte) 1);
        pool.free(run, 100);
        assertThat(pool.residentBytes()).isPositive();
        for (int step = 0; step < DecayCurve.STEPS; step++) {
            pool.decayStep();
        }
        assertThat(pool.counts().dirtyBytes()).isZero();
        assertThat(pool.residentBytes()).isZero();
    }

    @Test
    void showsOwnersInAddressOrder() {
        List<PageOwner> owners = new ArrayList<>();
        for (int pages = 1; pages < 6; pages++) {
            PageOwner owner = new TestOwner(allocate(pages), pages);
            PageMap.setAll(owner.address(), pages, owner);
            owners.add(owner);
        }
        List<PageOwner> seen = new ArrayList<>();
        pool.forEachOwner(seen::add);
        assertThat(seen).isEqualTo(owners);
    }
}
