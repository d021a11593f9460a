package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Statistics are exact when the kind is quiet, and memory goes back. */
interface StatisticsContract extends KindSubject {
    @Test
    default void allocatedBytesAreExactAndTheSumsHold() {
        Random random = Seeds.random(0);
        List<Long> live = new ArrayList<>();
        long allocated = 0;
        for (int round = 0; round < 40; round++) {
            for (int i = 0; i < 25; i++) {
                long block = kind().malloc(1 + (long) Math.pow(2, 18 * random.nextDouble()));
                live.add(block);
                allocated += kind().usableSize(block);
            }
            for (int i = 0; i < 12; i++) {
                long block = live.remove(random.nextInt(live.size()));
                allocated -= kind().usableSize(block);
                kind().free(block);
            }
            KindStatistics statistics = kind().statistics();
            assertThat(statistics.allocatedBytes()).as(Seeds.describe(0)).isEqualTo(allocated);
            assertConsistent(statistics);
        }
        live.forEach(kind()::free);
        assertThat(kind().statistics().allocatedBytes()).isZero();
        assertNothingLeft();
    }

    private static void assertConsistent(KindStatistics statistics) {
        assertThat(statistics.activeBytes()).isGreaterThanOrEqualTo(statistics.allocatedBytes());
        assertThat(statistics.mappedBytes())
                .isEqualTo(statistics.activeBytes() + statistics.dirtyBytes() + statistics.retainedBytes());
        assertThat(statistics.residentBytes()).isLessThanOrEqualTo(statistics.mappedBytes());
        long small = statistics.sizeClasses().stream()
                .mapToLong(sizeClass -> sizeClass.liveBlocks() * sizeClass.blockByteSize())
                .sum();
        assertThat(small).isLessThanOrEqualTo(statistics.allocatedBytes());
        assertThat(statistics.extents().stream()
                        .mapToLong(ExtentStatistics::byteSize)
                        .sum())
                .isEqualTo(statistics.mappedBytes());
    }

    @Test
    default void statisticsNameEachSizeClass() {
        long small = kind().malloc(100);
        long large = kind().malloc(100_000);
        KindStatistics statistics = kind().statistics();
        assertThat(statistics.sizeClasses()).contains(new SizeClassStatistics(112, 1, 1));
        assertThat(statistics.largeBlocks()).isEqualTo(1);
        assertThat(statistics.allocatedBytes()).isEqualTo(112 + kind().usableSize(large));
        kind().free(small);
        kind().free(large);
    }

    @Test
    default void memoryGoesBackWhenEverythingIsFreed() {
        long freePages = freeHugePages();
        List<Long> live = new ArrayList<>();
        for (long size : SIZES) {
            long block = kind().malloc(size);
            Pattern.fill(block, size, size);
            live.add(block);
        }
        assertThat(kind().statistics().residentBytes()).isGreaterThan(9 << 20);
        assertThat(kind().residentBytes()).isGreaterThan(9 << 20);
        live.forEach(kind()::free);
        assertNothingLeft();
        if (givesMemoryBack()) {
            assertThat(freeHugePages()).as("free pages of the pool").isEqualTo(freePages);
        } else {
            assertThat(kind().residentBytes()).isGreaterThan(9 << 20);
        }
    }

    private long freeHugePages() {
        return kind().name().contains("hugetlb") ? HugePages.freePages(kind().pageByteSize()) : 0;
    }

    @Test
    default void trimKeepsLiveBlocks() {
        List<Long> live = new ArrayList<>();
        for (long size : SIZES) {
            long block = kind().malloc(size);
            Pattern.fill(block, size, size);
            live.add(block);
            kind().free(kind().malloc(size));
        }
        kind().trim();
        for (int i = 0; i < SIZES.length; i++) {
            assertThat(Pattern.firstDamage(live.get(i), SIZES[i], SIZES[i])).isEqualTo(-1);
        }
        live.forEach(kind()::free);
        assertNothingLeft();
    }
}
