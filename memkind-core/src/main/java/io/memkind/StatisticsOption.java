package io.memkind;

import java.util.EnumSet;
import java.util.Set;

/**
 * What {@link StatisticsPrinter} prints, and how: the options of {@code memkind_stats_print}, with the letters that they
 * have in jemalloc(3). All but one leave something out.
 */
public enum StatisticsOption {
    /** Print JSON, not text. */
    JSON('J'),
    /** Leave out the version and the size of a page. */
    OMIT_GENERAL('g'),
    /** Leave out the sum over all kinds. */
    OMIT_TOTAL('m'),
    /** Leave out what closed kinds had. Nothing is kept of them here, so this changes nothing. */
    OMIT_CLOSED_KINDS('d'),
    /** Leave out the single kinds. */
    OMIT_KINDS('a'),
    /** Leave out the size classes of blocks in slabs. */
    OMIT_SIZE_CLASSES('b'),
    /** Leave out the sizes of large blocks. */
    OMIT_LARGE_CLASSES('l'),
    /** Leave out the statistics of locks. There are none here, so this changes nothing. */
    OMIT_LOCKS('x'),
    /** Leave out the extents. */
    OMIT_EXTENTS('e');

    private final char letter;

    StatisticsOption(char letter) {
        this.letter = letter;
    }

    /** {@return the letter that stands for the option} */
    public char letter() {
        return letter;
    }

    /**
     * The options that letters stand for. Case matters; letters may repeat.
     *
     * @param letters any of J, g, m, d, a, b, l, x, e, or nothing
     * @return a new set
     * @throws IllegalArgumentException if a letter stands for no option (jemalloc ignores those)
     */
    public static Set<StatisticsOption> parse(String letters) {
        Set<StatisticsOption> options = EnumSet.noneOf(StatisticsOption.class);
        for (int i = 0; i < letters.length(); i++) {
            options.add(ofLetter(letters.charAt(i), letters));
        }
        return options;
    }

    private static StatisticsOption ofLetter(char letter, String letters) {
        StringBuilder known = new StringBuilder();
        for (StatisticsOption option : values()) {
            if (option.letter == letter) {
                return option;
            }
            known.append(option.letter);
        }
        throw new IllegalArgumentException(
                "'" + letter + "' in the statistics options '" + letters + "' is unknown; use letters of " + known);
    }
}
