package io.memkind;

import java.util.Set;

/** Prints statistics as text or JSON. The numbers are exact: bytes and counts, without units or rounding. */
public final class StatisticsPrinter {
    private StatisticsPrinter() {}

    /**
     * Prints statistics.
     *
     * <p>Text is for people and may change; its last line is {@code End of memkind statistics}. JSON is one object with the
     * one member {@code memkind}, an object that has, as far as the options leave it in: {@code version} and {@code
     * pageBytes}; {@code total}; {@code kinds}, an array. A kind has {@code name}, {@code pageBytes} and {@code limitBytes}
     * (null for none), and like the total {@code allocatedBytes}, {@code activeBytes}, {@code dirtyBytes}, {@code
     * retainedBytes}, {@code mappedBytes}, {@code residentBytes}, {@code largeBlocks}, and the arrays {@code sizeClasses},
     * {@code largeClasses} and {@code extents}. The text is ASCII whatever the names are.
     *
     * @param statistics what to print
     * @param options what to leave out, and whether to print JSON
     * @return the text, with a line end at its end
     */
    public static String print(MemkindStatistics statistics, Set<StatisticsOption> options) {
        Set<StatisticsOption> chosen = Set.copyOf(options);
        return chosen.contains(StatisticsOption.JSON)
                ? StatisticsJson.of(statistics, chosen) + "\n"
                : new StatisticsText(chosen).of(statistics);
    }

    /**
     * Prints what all kinds hold now.
     *
     * @param letters options as {@link StatisticsOption#parse} reads them
     * @return the text, with a line end at its end
     * @throws IllegalArgumentException if a letter stands for no option
     */
    public static String print(String letters) {
        Set<StatisticsOption> options = StatisticsOption.parse(letters);
        return print(MemkindStatistics.read(), options);
    }
}
