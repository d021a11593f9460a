package io.memkind.topology;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;

/** The forms in which the kernel writes numbers and sets of numbers. */
final class Numbers {
    private static final int MAX_MEMBERS = 1 << 16;

    /** Bounds the work on a list that repeats its members. */
    private static final int MAX_STEPS = 1 << 20;

    private static final int WORD_BITS = 32;
    private static final int DIGIT_BITS = 4;

    private Numbers() {}

    /** The decimal number without sign that the text is, if it is one. */
    static OptionalLong parse(String text) {
        if (text.isEmpty() || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) { // does not fit
            return OptionalLong.empty();
        }
    }

    /** The members of a list such as {@code 0-3,8,10-11}, ascending; what does not parse is left out. */
    static List<Integer> list(String text) {
        TreeSet<Integer> members = new TreeSet<>();
        int steps = 0;
        for (String part : text.split(",", -1)) {
            String[] ends = part.strip().split("-", 2);
            OptionalLong first = parse(ends[0]);
            OptionalLong last = parse(ends[ends.length - 1]);
            if (first.isPresent() && last.isPresent() && last.getAsLong() <= Integer.MAX_VALUE) {
                for (long i = first.getAsLong();
                        i <= last.getAsLong() && members.size() < MAX_MEMBERS && steps < MAX_STEPS;
                        i++) {
                    members.add((int) i);
                    steps++;
                }
            }
        }
        return List.copyOf(members);
    }

    /**
     * The members of a mask such as {@code 00000001,0000ffff}: hexadecimal words of 32 bits, the highest first. Nothing if
     * that is not what the text is.
     */
    static List<Integer> mask(String text) {
        TreeSet<Integer> members = new TreeSet<>();
        String[] words = text.split(",", -1);
        int base = 0;
        for (int i = words.length - 1; i >= 0; i--) {
            String word = words[i].strip();
            for (int digit = 0; digit < word.length(); digit++) {
                int bits = Character.digit(word.charAt(word.length() - 1 - digit), 16);
                if (bits < 0) {
                    return List.of();
                }
                for (int bit = 0; bit < DIGIT_BITS; bit++) {
                    if ((bits >> bit & 1) != 0 && members.size() < MAX_MEMBERS) {
                        members.add(base + digit * DIGIT_BITS + bit);
                    }
                }
            }
            base += Math.max(WORD_BITS, word.length() * DIGIT_BITS); // a kernel of old wrote one long word
        }
        return List.copyOf(members);
    }

    /** All numbers that stand between white space; none if one of them is no number. */
    static List<Integer> row(String text) {
        List<Integer> numbers = new ArrayList<>();
        for (String word : text.isEmpty() ? new String[0] : text.split("\\s+", -1)) {
            OptionalLong number = parse(word);
            if (number.isEmpty() || number.getAsLong() > Integer.MAX_VALUE) {
                return List.of();
            }
            numbers.add((int) number.getAsLong());
        }
        return List.copyOf(numbers);
    }

    /** The value of a line such as {@code Node 0 MemTotal: 24684084 kB} in bytes; 0 if there is none. */
    static long meminfoBytes(String meminfo, String key) {
        for (String line : meminfo.split("\n", -1)) {
            int at = line.indexOf(key + ":");
            boolean wholeWord = at == 0 || (at > 0 && Character.isWhitespace(line.charAt(at - 1)));
            if (wholeWord) {
                String[] words = line.substring(at + key.length() + 1).strip().split("\\s+", 2);
                long kibibytes = parse(words[0]).orElse(0);
                return kibibytes > Long.MAX_VALUE >> 10 ? 0 : kibibytes << 10;
            }
        }
        return 0;
    }

    /** What follows the key and a colon in the first line that begins with the key; "" if there is none. */
    static String field(String text, String key) {
        for (String line : text.split("\n", -1)) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.substring(0, colon).strip().equals(key)) {
                return line.substring(colon + 1).strip();
            }
        }
        return "";
    }
}
