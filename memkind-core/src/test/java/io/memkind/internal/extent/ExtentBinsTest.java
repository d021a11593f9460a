package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ExtentBinsTest {
    private static final long MOST_PAGES = 1L << 47;

    private final ExtentPool pool =
            Pools.alone(AnonymousSource.of(AnonymousSource.Pages.BASE, 0), Long.MAX_VALUE, false);

    private FreeExtent extent(long address, long pages) {
        return new FreeExtent(pool, FreeExtent.State.CLEAN, address, pages);
    }

    /* Found by bisection, without the formula of the class. */
    private static long lowerBound(int bin) {
        long low = 1;
        long high = MOST_PAGES;
        while (low < high) {
            long middle = low + (high - low) / 2;
            if (ExtentBins.binOf(middle) >= bin) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    @Test
    void growsWithLengthByOneBinAtATime() {
        for (long pages = 2; pages <= 100_000; pages++) {
            int step = ExtentBins.binOf(pages) - ExtentBins.binOf(pages - 1);
            if (step != 0 && step != 1) {
                assertThat(step)
                        .as("bins between %d and %d pages", pages - 1, pages)
                        .isBetween(0, 1);
            }
        }
    }

    @Test
    void holdsOneLengthPerBinUpToEightAndFourBinsPerDoublingAbove() {
        for (int pages = 1; pages <= 8; pages++) {
            assertThat(lowerBound(ExtentBins.binOf(pages))).isEqualTo(pages);
        }
        for (long power = 8; power < MOST_PAGES / 2; power *= 2) {
            int bin = ExtentBins.binOf(power);
            assertThat(ExtentBins.binOf(2 * power)).isEqualTo(bin + 4);
            for (int quarter = 0; quarter < 4; quarter++) {
                assertThat(lowerBound(bin + quarter)).isEqualTo(power + power / 4 * quarter);
            }
        }
    }

    @Test
    void startsABinAtItsLowerBound() {
        for (long pages = 1; pages <= 100_000; pages++) {
            int bin = ExtentBins.binOf(pages);
            long bound = lowerBound(bin);
            if (bound > pages || ExtentBins.binOf(bound) != bin || (bound > 1 && ExtentBins.binOf(bound - 1) == bin)) {
                assertThat(bound)
                        .as("lower bound of the bin of %d pages", pages)
                        .isEqualTo(-1);
            }
        }
    }

    /* A request may be longer than any address space. */
    @Test
    void findsNothingForAnyLengthWhileEmpty() {
        ExtentBins bins = new ExtentBins();
        for (int bit = 0; bit <= 47; bit++) {
            long pages = 1L << bit;
            assertThat(bins.find(pages)).as("%d pages", pages).isNull();
            assertThat(bins.find(2 * pages - 1)).as("%d pages", 2 * pages - 1).isNull();
        }
    }

    @Test
    void findsTheLowestOfTheSmallestBinThatSurelyFits() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            ExtentBins bins = new ExtentBins();
            List<FreeExtent> model = new ArrayList<>();
            for (int step = 0; step < 300; step++) {
                if (model.isEmpty() || random.nextInt(5) < 3) {
                    long pages = 1 + (random.nextLong() >>> (24 + random.nextInt(40)));
                    FreeExtent added = extent((long) step << 12 | random.nextLong(1 << 30) << 24, pages);
                    bins.insert(added);
                    model.add(added);
                } else {
                    bins.remove(model.remove(random.nextInt(model.size())));
                }
                long wanted = 1 + (random.nextLong() >>> (24 + random.nextInt(40)));
                check(bins, model, wanted, "seed " + seed + " step " + step + " for " + wanted + " pages");
            }
        }
    }

    private static void check(ExtentBins bins, List<FreeExtent> model, long wanted, String description) {
        assertThat(bins.extentCount()).as(description).isEqualTo(model.size());
        assertThat(bins.pageCount())
                .as(description)
                .isEqualTo(model.stream().mapToLong(FreeExtent::pageCount).sum());
        FreeExtent found = bins.find(wanted);
        if (found == null) {
            /* An extent of the same bin may be missed only when it is not the lowest of the bin. */
            int bin = ExtentBins.binOf(wanted);
            assertThat(model)
                    .as(description)
                    .noneMatch(extent -> ExtentBins.binOf(extent.pageCount()) > bin)
                    .noneMatch(extent -> extent.pageCount() >= wanted && isLowestOfItsBin(model, extent));
            return;
        }
        assertThat(model).as(description).contains(found);
        assertThat(found.pageCount()).as(description).isGreaterThanOrEqualTo(wanted);
        assertThat(isLowestOfItsBin(model, found)).as(description).isTrue();
        assertThat(model)
                .as(description)
                .noneMatch(extent -> ExtentBins.binOf(extent.pageCount()) < ExtentBins.binOf(found.pageCount())
                        && extent.pageCount() >= wanted
                        && isLowestOfItsBin(model, extent));
    }

    private static boolean isLowestOfItsBin(List<FreeExtent> model, FreeExtent extent) {
        return model.stream()
                .noneMatch(other -> ExtentBins.binOf(other.pageCount()) == ExtentBins.binOf(extent.pageCount())
                        && Long.compareUnsigned(other.address(), extent.address()) < 0);
    }
}
