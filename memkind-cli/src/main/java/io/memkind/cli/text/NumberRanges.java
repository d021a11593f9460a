package io.memkind.cli.text;

import java.util.ArrayList;
import java.util.List;

/** Lists of numbers for people, as the kernel writes them. */
public final class NumberRanges {
    private NumberRanges() {}

    /**
     * A list with its runs joined.
     *
     * @param numbers ascending
     * @return for instance {@code 0-3,8}; {@code none} for no numbers
     */
    public static String text(List<Integer> numbers) {
        List<String> ranges = ranges(numbers);
        return ranges.isEmpty() ? "none" : String.join(",", ranges);
    }

    /**
     * A list with its runs joined, cut if it is too long, then with the count of the numbers.
     *
     * @param numbers ascending
     * @param maxChars the most characters, 20 at least
     * @return for instance {@code 0,2,4,... (48)}
     */
    public static String text(List<Integer> numbers, int maxChars) {
        String whole = text(numbers);
        if (whole.length() <= maxChars) {
            return whole;
        }
        String rest = "... (" + numbers.size() + ")";
        StringBuilder begin = new StringBuilder();
        for (String range : ranges(numbers)) {
            if (begin.length() + range.length() + 1 + rest.length() > maxChars) {
                break;
            }
            begin.append(range).append(',');
        }
        return begin + rest;
    }

    private static List<String> ranges(List<Integer> numbers) {
        List<String> ranges = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < numbers.size(); i++) {
            boolean last = i + 1 == numbers.size() || (int) numbers.get(i + 1) != numbers.get(i) + 1;
            if (last) {
                ranges.add(first == i ? "" + numbers.get(i) : numbers.get(first) + "-" + numbers.get(i));
                first = i + 1;
            }
        }
        return ranges;
    }
}
