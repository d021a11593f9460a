package io.memkind.topology;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Reads the small files of a sysfs tree. A file that is missing, unreadable or odd reads as empty, never as an error. */
final class SysfsFiles {
    private static final int MAX_LIST_MEMBERS = 1 << 16;

    private SysfsFiles() {}

    /** The content without surrounding white space; "" if there is none. */
    static String text(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    /** The number in the file, or 0. */
    static long number(Path file) {
        return parse(text(file)).orElse(0);
    }

    /** The decimal number without sign that the text is, if it is one. */
    static OptionalLong parse(String text) {
        try {
            return text.startsWith("-") || text.startsWith("+")
                    ? OptionalLong.empty()
                    : OptionalLong.of(Long.parseLong(text));
        } catch (NumberFormatException e) {
            return OptionalLong.empty();
        }
    }

    /** The members of a list such as {@code 0-3,8,10-11}; what does not parse is left out. */
    static List<Integer> list(Path file) {
        List<Integer> members = new ArrayList<>();
        for (String part : text(file).split(",", -1)) {
            String[] ends = part.strip().split("-", 2);
            OptionalLong first = parse(ends[0]);
            OptionalLong last = parse(ends[ends.length - 1]);
            if (first.isPresent() && last.isPresent() && last.getAsLong() <= Integer.MAX_VALUE) {
                for (long i = first.getAsLong(); i <= last.getAsLong() && members.size() < MAX_LIST_MEMBERS; i++) {
                    members.add((int) i);
                }
            }
        }
        return members;
    }

    /** The value in KiB that a line such as {@code Node 0 MemTotal: 24684084 kB} gives, in bytes; 0 if there is none. */
    static long meminfoBytes(String meminfo, String key) {
        for (String line : meminfo.split("\n", -1)) {
            int at = line.indexOf(key + ":");
            if (at >= 0) {
                String[] words = line.substring(at + key.length() + 1).strip().split("\\s+", 2);
                return parse(words[0]).orElse(0) * 1024;
            }
        }
        return 0;
    }

    /** The entries of a directory named {@code prefix} and a number, by number. */
    static TreeMap<Integer, Path> numbered(Path directory, String prefix) {
        TreeMap<Integer, Path> found = new TreeMap<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, prefix + "*")) {
            for (Path entry : entries) {
                OptionalInt number = numberAfter(entry, prefix);
                if (number.isPresent()) {
                    found.put(number.getAsInt(), entry);
                }
            }
        } catch (IOException | RuntimeException e) {
            return found;
        }
        return found;
    }

    private static OptionalInt numberAfter(Path entry, String prefix) {
        try {
            return OptionalInt.of(
                    Integer.parseInt(String.valueOf(entry.getFileName()).substring(prefix.length())));
        } catch (NumberFormatException e) {
            return OptionalInt.empty();
        }
    }
}
