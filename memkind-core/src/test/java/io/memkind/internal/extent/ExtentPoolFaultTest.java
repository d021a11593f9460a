package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.memkind.internal.os.Errno;
import io.memkind.internal.os.MemoryPolicy;
import io.memkind.internal.os.NumaCalls;
import io.memkind.internal.os.PageSize;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Lets each system call of a sequence fail, one after the other, and all of a kind. */
class ExtentPoolFaultTest {
    private static final long HUGE = 2L << 20;
    private static final long ALIGNMENT = 64L << 20;
    private static final long HUGE_ALIGNMENT = 16L << 30;
    /* The longest run, in whole huge pages, is longer than the longest region that is mapped ahead. */
    private static final long MOST_PAGES = 20_000;
    private static final long MOST_BYTES = (MOST_PAGES * PageSize.BYTES + HUGE) & -HUGE;
    private static final List<FaultyMemory.Call> GETTING =
            List.of(FaultyMemory.Call.MMAP, FaultyMemory.Call.MBIND, FaultyMemory.Call.MADVISE);

    /** What the pool gets its memory from. */
    enum Setup {
        BASE(AnonymousSource.Pages.BASE, MemoryPolicy.DEFAULT),
        TRANSPARENT_HUGE(AnonymousSource.Pages.TRANSPARENT_HUGE, MemoryPolicy.DEFAULT),
        BOUND(AnonymousSource.Pages.BASE, MemoryPolicy.BIND),
        BOUND_HUGE(AnonymousSource.Pages.TRANSPARENT_HUGE, MemoryPolicy.BIND);

        private final AnonymousSource.Pages pages;
        private final int mode;

        Setup(AnonymousSource.Pages pages, int mode) {
            this.pages = pages;
            this.mode = mode;
        }

        ExtentPool pool(FaultyMemory memory) {
            if (mode == MemoryPolicy.BIND) {
                NumaCalls.assumeAllowed();
            }
            return Pools.alone(new AnonymousSource(memory, pages, HUGE, mode, new long[] {1}), Long.MAX_VALUE, false);
        }
    }

    private final FaultyMemory memory = new FaultyMemory();

    @AfterEach
    void unmapsWhatATestLeft() {
        memory.failNothing();
        for (long[] range : memory.mappedRanges()) {
            memory.unmap(range[0], range[1] - range[0]);
        }
    }

    @ParameterizedTest
    @EnumSource
    void survivesAnySingleFailure(Setup setup) {
        long failures = 0;
        for (FaultyMemory.Call call : GETTING) {
            boolean failed = true;
            for (long n = 1; failed; n++) {
                memory.failNth(call, n, Errno.ENOMEM);
                ExtentPool pool = setup.pool(memory);
                run(pool, ALIGNMENT, call + " " + n + " fails");
                failed = !memory.failedCalls().isEmpty();
                failures += failed ? 1 : 0;
                pool.close();
                assertThat(memory.mappedBytes())
                        .as("mapped after %s %d failed", call, n)
                        .isZero();
            }
        }
        assertThat(failures).as("calls of the sequence").isGreaterThan(10);
    }

    /*
     * A failed munmap leaves its range mapped. That must never be more than was asked for, whatever the alignment, and
     * nothing may be resident there. What the pool itself keeps is unmapped at the next attempt.
     */
    @ParameterizedTest
    @EnumSource
    void losesNoMoreThanTheRangeThatCannotBeUnmapped(Setup setup) {
        boolean failed = true;
        long n = 0;
        while (failed) {
            n++;
            memory.failNth(FaultyMemory.Call.MUNMAP, n, Errno.ENOMEM);
            ExtentPool pool = setup.pool(memory);
            run(pool, HUGE_ALIGNMENT, "munmap " + n + " fails");
            pool.close();
            failed = !memory.failedCalls().isEmpty();
            memory.failNothing();
            pool.close();
            assertThat(pool.counts().mappedBytes()).isZero();
            assertThat(memory.mappedBytes())
                    .as("lost after munmap %d failed: %b", n, failed)
                    .isLessThanOrEqualTo(failed ? MOST_BYTES : 0);
            for (long[] range : memory.mappedRanges()) {
                assertThat(memory.residentBytes(range[0], range[1] - range[0])).isZero();
            }
            unmapsWhatATestLeft();
        }
        assertThat(n).as("calls of the sequence").isGreaterThan(5);
    }

    @ParameterizedTest
    @EnumSource
    void surfacesTheCallAndItsErrorWhenAllOfAKindFail(Setup setup) {
        for (FaultyMemory.Call call :
                List.of(FaultyMemory.Call.MMAP, FaultyMemory.Call.MBIND, FaultyMemory.Call.MADVISE)) {
            memory.failAll(call, Errno.EPERM);
            ExtentPool pool = setup.pool(memory);
            ExtentUnavailableException failure =
                    catchThrowableOfType(ExtentUnavailableException.class, () -> pool.allocate(3, PageSize.BYTES));
            boolean called = !memory.failedCalls().isEmpty();

            assertThat(failure != null).as("%s surfaces", call).isEqualTo(called);
            if (failure != null) {
                assertSaysWhy(failure, call, Errno.EPERM, "");
                assertThat(pool.counts().mappedBytes()).isZero();
                assertThat(memory.mappedBytes()).isZero();
            }
            memory.failNothing();
            assertThat(pool.allocate(3, PageSize.BYTES)).isPositive();
            pool.close();
            assertThat(memory.mappedBytes()).isZero();
        }
    }

    /* A kernel without transparent huge pages answers EINVAL; the memory is as good. */
    @ParameterizedTest
    @EnumSource(names = {"TRANSPARENT_HUGE", "BOUND_HUGE"})
    void doesWithoutTransparentHugePages(Setup setup) {
        memory.failAll(FaultyMemory.Call.MADVISE, Errno.EINVAL);
        ExtentPool pool = setup.pool(memory);

        assertThat(pool.allocate(3, PageSize.BYTES)).isPositive();
        assertThat(memory.failedCalls()).isNotEmpty();
        pool.close();
        assertThat(memory.mappedBytes()).isZero();
    }

    private void run(ExtentPool pool, long byteAlignment, String description) {
        List<Long> runs = new ArrayList<>();
        long[] pages = {1, 7, 600, 3, MOST_PAGES, 2};
        for (int i = 0; i < pages.length; i++) {
            long alignment = i % 2 == 0 ? PageSize.BYTES : byteAlignment;
            runs.add(ExtentPool.addressOf(allocate(pool, pages[i], alignment, description)));
        }
        if (pool.tryGrow(runs.get(4), pages[4], pages[4] + 5)) {
            pages[4] += 5;
        }
        check(pool, description);
        for (int i = 0; i < pages.length; i++) {
            pool.free(runs.get(i), pages[i]);
            pool.purgeTo(i % 3 == 0 ? 0 : 100);
            check(pool, description);
        }
        allocate(pool, 100, PageSize.BYTES, description);
        pool.decayStep();
        check(pool, description);
    }

    /* The call that failed is the only one, so a second attempt works. */
    private long allocate(ExtentPool pool, long pages, long alignment, String description) {
        try {
            return pool.allocate(pages, alignment);
        } catch (ExtentUnavailableException e) {
            assertThat(memory.failedCalls()).as(description).hasSize(1);
            if (memory.failedCalls().get(0) != FaultyMemory.Call.MUNMAP) {
                assertSaysWhy(e, memory.failedCalls().get(0), Errno.ENOMEM, description);
            }
            check(pool, description);
            return pool.allocate(pages, alignment);
        } finally {
            check(pool, description);
        }
    }

    private static void assertSaysWhy(
            ExtentUnavailableException failure, FaultyMemory.Call call, int errno, String description) {
        assertThat(failure.errno()).as(description).isEqualTo(errno);
        assertThat(failure.requestedBytes()).as(description).isPositive();
        assertThat(failure)
                .as(description)
                .hasMessageContaining(call.name().toLowerCase(Locale.ROOT) + " of ")
                .hasMessageContaining(Errno.describe(errno));
    }

    private void check(ExtentPool pool, String description) {
        ExtentCounts counts = pool.counts();
        assertThat(counts.mappedBytes())
                .as(description)
                .isEqualTo(counts.activeBytes() + counts.dirtyBytes() + counts.cleanBytes());
        if (!memory.failedCalls().contains(FaultyMemory.Call.MUNMAP)) {
            assertThat(memory.mappedRanges())
                    .as("mapped, and what the pool knows of it; %s", description)
                    .isDeepEqualTo(pool.mappedRanges());
        }
    }
}
