package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StatisticsPrinterTest {
    private static final KindStatistics HELD = new KindStatistics(
            112 + (32L << 20),
            28_672 + (32L << 20),
            8192,
            4096,
            40_960 + (32L << 20),
            20_480,
            1,
            List.of(new SizeClassStatistics(112, 1, 1)),
            List.of(new LargeClassStatistics(32L << 20, 1)),
            List.of(new ExtentStatistics("active", 2, 28_672 + (32L << 20)), new ExtentStatistics("dirty", 1, 8192)));
    private static final MemkindStatistics ONE_KIND = new MemkindStatistics(
            List.of(new KindSnapshot("odd \"\n name", 4096, OptionalLong.of(1 << 30), HELD)), HELD);
    private static final MemkindStatistics NOTHING = new MemkindStatistics(List.of(), StatisticsSum.of(List.of()));

    private static String json(MemkindStatistics statistics, String letters) {
        return StatisticsPrinter.print(statistics, StatisticsOption.parse("J" + letters));
    }

    @Test
    void jsonHasEveryNumber() {
        String held = "\"allocatedBytes\":33554544,\"activeBytes\":33583104,\"dirtyBytes\":8192,\"retainedBytes\":4096,"
                + "\"mappedBytes\":33595392,\"residentBytes\":20480,\"largeBlocks\":1,"
                + "\"sizeClasses\":[{\"blockBytes\":112,\"liveBlocks\":1,\"slabs\":1}],"
                + "\"largeClasses\":[{\"blockBytes\":33554432,\"liveBlocks\":1}],"
                + "\"extents\":[{\"state\":\"active\",\"count\":2,\"bytes\":33583104},"
                + "{\"state\":\"dirty\",\"count\":1,\"bytes\":8192}]}";
        assertThat(json(ONE_KIND, "g"))
                .isEqualTo("{\"memkind\":{\"total\":{" + held
                        + ",\"kinds\":[{\"name\":\"odd \\\"\\u000a name\",\"pageBytes\":4096,\"limitBytes\":1073741824,"
                        + held + "]}}\n");
    }

    @Test
    void jsonLeavesOutWhatIsNotWanted() {
        assertThat(json(ONE_KIND, "gmdablxe")).isEqualTo("{\"memkind\":{}}\n");
        assertThat(json(ONE_KIND, "gmble"))
                .doesNotContain("total", "Classes", "extents")
                .contains("kinds");
        assertThat(json(ONE_KIND, "ga")).contains("total").doesNotContain("kinds");
        assertThat(json(ONE_KIND, "ma")).matches("\\{\"memkind\":\\{\"version\":\".+\",\"pageBytes\":\\d+}}\n");
        assertThat(json(ONE_KIND, "gdx")).isEqualTo(json(ONE_KIND, "g"));
    }

    @Test
    void jsonOfNothingIsZero() {
        String zeros = json(NOTHING, "g");
        assertThat(zeros)
                .contains("\"allocatedBytes\":0,", "\"kinds\":[]", "{\"state\":\"active\",\"count\":0,\"bytes\":0}");
        assertThat(zeros.replaceAll("[^1-9]", "")).isEmpty();
    }

    @Test
    void aKindWithoutALimitHasNull() {
        KindSnapshot kind = new KindSnapshot("k", 4096, OptionalLong.empty(), HELD);
        assertThat(json(new MemkindStatistics(List.of(kind), HELD), "")).contains("\"limitBytes\":null");
    }

    @Test
    void textHasALineForEverything() {
        String text = StatisticsPrinter.print(ONE_KIND, Set.of());
        assertThat(text.lines())
                .startsWith("Memkind statistics")
                .contains("Total", "Kind odd \"\\u000a name: pages of 4096 bytes, limit 1073741824 bytes")
                .endsWith("End of memkind statistics");
        assertThat(text.lines().filter(line -> line.startsWith("  large size") && line.contains("33554432")))
                .hasSize(2);
        assertThat(text.lines().filter(line -> line.startsWith("  size class"))).hasSize(2);
        assertThat(text.lines().filter(line -> line.startsWith("  extents"))).hasSize(4);
    }

    @Test
    void textLeavesOutWhatIsNotWanted() {
        Set<StatisticsOption> all = EnumSet.allOf(StatisticsOption.class);
        all.remove(StatisticsOption.JSON);
        assertThat(StatisticsPrinter.print(ONE_KIND, all)).isEqualTo("Memkind statistics\nEnd of memkind statistics\n");
        assertThat(StatisticsPrinter.print(ONE_KIND, StatisticsOption.parse("a")))
                .doesNotContain("Kind ");
        assertThat(StatisticsPrinter.print(ONE_KIND, StatisticsOption.parse("m")))
                .doesNotContain("Total");
        assertThat(StatisticsPrinter.print(ONE_KIND, StatisticsOption.parse("ble")))
                .doesNotContain("size class", "large size", "extents");
    }

    @Test
    void printsWhatIsHeldNow() {
        try (MemoryKind kind =
                MemoryKind.builder(Kinds.DEFAULT).name("printed_kind").build()) {
            long block = kind.malloc(32L << 20);
            assertThat(StatisticsPrinter.print("Jgm"))
                    .contains("\"name\":\"printed_kind\"", "{\"blockBytes\":33554432,\"liveBlocks\":1}");
            kind.free(block);
            assertThatIllegalArgumentException().isThrownBy(() -> StatisticsPrinter.print("?"));
        }
    }
}
