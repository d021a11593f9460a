package io.memkind.internal.os;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The mappings of this process with the pages behind them: /proc/self/smaps, see proc_pid_smaps(5). */
public final class Smaps {
    /**
     * One mapping.
     *
     * @param start its first byte
     * @param end the byte behind its last
     * @param pageByteSize size of its pages: larger than the base page for hugetlb
     * @param hugeBytes bytes of it in transparent huge pages
     */
    public record Mapping(long start, long end, long pageByteSize, long hugeBytes) {}

    private Smaps() {}

    /** The mappings that overlap [start, end), ascending; empty if the file cannot be read. */
    public static List<Mapping> overlapping(long start, long end) {
        List<Mapping> found = new ArrayList<>();
        try (BufferedReader reader = Files.newBufferedReader(Path.of("/proc/self/smaps"))) {
            Mapping current = null;
            String line = reader.readLine();
            while (line != null) {
                Mapping next = header(line);
                if (next != null) {
                    addIfOverlapping(found, current, start, end);
                    current = next;
                } else if (current != null) {
                    current = withLine(current, line);
                }
                line = reader.readLine();
            }
            addIfOverlapping(found, current, start, end);
        } catch (IOException e) {
            return List.of();
        }
        return found;
    }

    private static void addIfOverlapping(List<Mapping> found, @Nullable Mapping mapping, long start, long end) {
        if (mapping != null && mapping.start < end && start < mapping.end) {
            found.add(mapping);
        }
    }

    /* A header line begins with 7f0c4a000000-7f0c4a021000 and a space; detail lines begin with a capital. */
    private static @Nullable Mapping header(String line) {
        int dash = line.indexOf('-');
        int space = line.indexOf(' ');
        if (dash <= 0 || space < dash || Character.isUpperCase(line.charAt(0))) {
            return null;
        }
        return new Mapping(
                Long.parseUnsignedLong(line.substring(0, dash), 16),
                Long.parseUnsignedLong(line.substring(dash + 1, space), 16),
                PageSize.BYTES,
                0);
    }

    private static Mapping withLine(Mapping mapping, String line) {
        if (line.startsWith("KernelPageSize:")) {
            return new Mapping(mapping.start, mapping.end, kibibytes(line), mapping.hugeBytes);
        }
        if (line.startsWith("AnonHugePages:")) {
            return new Mapping(mapping.start, mapping.end, mapping.pageByteSize, kibibytes(line));
        }
        return mapping;
    }

    private static long kibibytes(String line) {
        return Long.parseLong(line.replaceAll("[^0-9]", "")) * 1024;
    }
}
