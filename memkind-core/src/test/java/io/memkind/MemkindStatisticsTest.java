package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** The sum over all kinds, and the kinds one by one. */
class MemkindStatisticsTest {
    private static KindSnapshot named(MemkindStatistics statistics, String name) {
        return statistics.kinds().stream()
                .filter(kind -> kind.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void theTotalIsTheSumOfTheKinds() {
        Random random = Seeds.random(0);
        List<MemoryKind> kinds = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            kinds.add(MemoryKind.builder(Kinds.DEFAULT).name("sum_" + i).build());
        }
        for (int i = 0; i < 600; i++) {
            kinds.get(random.nextInt(3)).malloc(1 + (long) Math.pow(2, 22 * random.nextDouble()));
        }
        MemkindStatistics read = MemkindStatistics.read();
        assertThat(StatisticsSum.of(
                        read.kinds().stream().map(KindSnapshot::statistics).toList()))
                .isEqualTo(read.total());
        long small = 0;
        long large = 0;
        for (SizeClassStatistics one : read.total().sizeClasses()) {
            small += one.blockByteSize() * one.liveBlocks();
        }
        for (LargeClassStatistics one : read.total().largeClasses()) {
            large += one.blockByteSize() * one.liveBlocks();
        }
        assertThat(small + large).as(Seeds.describe(0)).isEqualTo(read.total().allocatedBytes());
        assertThat(read.total().mappedBytes())
                .isEqualTo(read.total().extents().stream()
                        .mapToLong(ExtentStatistics::byteSize)
                        .sum());
        assertThat(read.total().allocatedBytes())
                .isGreaterThanOrEqualTo(kinds.stream()
                        .mapToLong(kind -> kind.statistics().allocatedBytes())
                        .sum());
        kinds.forEach(MemoryKind::close);
    }

    /* The C library does not count blocks of 8 MiB and more of its default kind. */
    @Test
    void defaultKindCountsBlocksOfEightMebibytesAndMore() {
        long before = Kinds.DEFAULT.statistics().allocatedBytes();
        long[] blocks = {
            Kinds.DEFAULT.malloc(8L << 20), Kinds.DEFAULT.malloc(32L << 20), Kinds.DEFAULT.malloc((8L << 20) - 1)
        };
        KindStatistics held = named(MemkindStatistics.read(), "memkind_default").statistics();
        assertThat(held.allocatedBytes() - before).isEqualTo(48L << 20);
        assertThat(held.largeClasses())
                .contains(new LargeClassStatistics(8L << 20, 2), new LargeClassStatistics(32L << 20, 1));
        for (long block : blocks) {
            Kinds.DEFAULT.free(block);
        }
        assertThat(Kinds.DEFAULT.statistics().allocatedBytes()).isEqualTo(before);
    }

    @Test
    void aKindIsThereFromItsMakingToItsCloseAndZeroBeforeItsFirstUse() {
        MemoryKind first = MemoryKind.builder(Kinds.DEFAULT)
                .name("listed_1")
                .limitBytes(1 << 20)
                .build();
        MemoryKind second = MemoryKind.builder(Kinds.DEFAULT).name("listed_2").build();
        MemkindStatistics read = MemkindStatistics.read();
        assertThat(read.kinds()).extracting(KindSnapshot::name).containsSubsequence("listed_1", "listed_2");
        assertThat(named(read, "listed_1").limitBytes()).hasValue(1 << 20);
        assertThat(named(read, "listed_2").limitBytes()).isEmpty();
        assertThat(named(read, "listed_1").statistics()).isEqualTo(StatisticsSum.of(List.of()));
        first.close();
        second.close();
        assertThat(MemkindStatistics.read().kinds())
                .extracting(KindSnapshot::name)
                .doesNotContain("listed_1", "listed_2");
    }

    @Test
    void kindsMayComeAndGoMeanwhile() throws InterruptedException {
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            threads.add(Thread.ofPlatform()
                    .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
                    .start(MemkindStatisticsTest::openAndClose));
        }
        KindsBean bean = new KindsBean();
        while (threads.stream().anyMatch(Thread::isAlive)) {
            MemkindStatistics read = MemkindStatistics.read();
            assertThat(read.total().allocatedBytes()).isNotNegative();
            assertThat(StatisticsPrinter.print(read, Set.of())).endsWith("End of memkind statistics\n");
            try {
                assertThat(bean.trim("coming and going")).isPositive();
            } catch (IllegalArgumentException e) {
                assertThat(e).hasMessageContaining("no kind named 'coming and going'");
            }
        }
        assertThat(failures).isEmpty();
    }

    private static void openAndClose() {
        for (int n = 0; n < 150; n++) {
            try (MemoryKind kind =
                    MemoryKind.builder(Kinds.DEFAULT).name("coming and going").build()) {
                for (int size = 16; size < 1 << 20; size *= 2) {
                    kind.malloc(size);
                    kind.free(kind.malloc(size));
                }
            }
        }
    }
}
