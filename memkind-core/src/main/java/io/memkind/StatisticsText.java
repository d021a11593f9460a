package io.memkind;

import io.memkind.internal.heap.Heap;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;

/** Statistics as lines. */
final class StatisticsText {
    private final Set<StatisticsOption> options;
    private final StringBuilder text = new StringBuilder();

    StatisticsText(Set<StatisticsOption> options) {
        this.options = options;
    }

    String of(MemkindStatistics statistics) {
        line("Memkind statistics");
        if (has(StatisticsOption.OMIT_GENERAL)) {
            line(
                    "version %s, pages of %d bytes, %d kinds open",
                    Version.current().text(),
                    Heap.pageByteSize(),
                    statistics.kinds().size());
        }
        if (has(StatisticsOption.OMIT_TOTAL)) {
            line("Total");
            print(statistics.total());
        }
        if (has(StatisticsOption.OMIT_KINDS)) {
            for (KindSnapshot kind : statistics.kinds()) {
                line(
                        "Kind %s: pages of %d bytes, %s",
                        printable(kind.name()), kind.pageByteSize(), limit(kind.limitBytes()));
                print(kind.statistics());
            }
        }
        line("End of memkind statistics");
        return text.toString();
    }

    private boolean has(StatisticsOption omission) {
        return !options.contains(omission);
    }

    /* A name may be any text. */
    private static String printable(String name) {
        return name.codePoints()
                .mapToObj(c -> c >= ' ' && c < 0x7f ? Character.toString(c) : String.format("\\u%04x", c))
                .collect(Collectors.joining());
    }

    private static String limit(OptionalLong limitBytes) {
        return limitBytes.isPresent() ? "limit " + limitBytes.getAsLong() + " bytes" : "no limit";
    }

    private void print(KindStatistics statistics) {
        line(
                "  allocated %d, active %d, dirty %d, retained %d, mapped %d, resident %d bytes; %d large blocks",
                statistics.allocatedBytes(),
                statistics.activeBytes(),
                statistics.dirtyBytes(),
                statistics.retainedBytes(),
                statistics.mappedBytes(),
                statistics.residentBytes(),
                statistics.largeBlocks());
        if (has(StatisticsOption.OMIT_EXTENTS)) {
            for (ExtentStatistics one : statistics.extents()) {
                line("  extents %-8s %12d  bytes %16d", one.state(), one.count(), one.byteSize());
            }
        }
        if (has(StatisticsOption.OMIT_SIZE_CLASSES)) {
            for (SizeClassStatistics one : statistics.sizeClasses()) {
                line("  size class %12d  blocks %12d  slabs %10d", one.blockByteSize(), one.liveBlocks(), one.slabs());
            }
        }
        if (has(StatisticsOption.OMIT_LARGE_CLASSES)) {
            for (LargeClassStatistics one : statistics.largeClasses()) {
                line("  large size %12d  blocks %12d", one.blockByteSize(), one.liveBlocks());
            }
        }
    }

    private void line(String format, Object... arguments) {
        text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
    }
}
