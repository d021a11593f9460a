package io.memkind.cli.replay;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** How much memory this process can still get before the system ends it. */
public final class AvailableMemory {
    private static final long KIB = 1024;

    private final Path root;

    /**
     * Looks at a system.
     *
     * @param root the directory that has its {@code proc} and {@code sys}: {@code /}, or a copy in tests
     */
    public AvailableMemory(Path root) {
        this.root = root;
    }

    /**
     * What is available.
     *
     * @return the least of what the machine has and what the control groups of this process allow; empty if the system
     *     does not tell
     */
    public OptionalLong byteSize() {
        long least = meminfo().orElse(Long.MAX_VALUE);
        for (String line : lines(root.resolve("proc/self/cgroup"))) {
            if (line.startsWith("0::/")) {
                least = Math.min(least, controlGroups(line.substring("0::/".length())));
            }
        }
        return least == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(least);
    }

    private OptionalLong meminfo() {
        return value(root.resolve("proc/meminfo"), "MemAvailable:")
                .map(kib -> OptionalLong.of(kib * KIB))
                .findFirst()
                .orElse(OptionalLong.empty());
    }

    /** A group's limit holds for the groups in it, so each one on the way up counts. */
    private long controlGroups(String group) {
        Path top = root.resolve("sys/fs/cgroup");
        long least = Long.MAX_VALUE;
        for (Path directory = top.resolve(group).normalize();
                directory != null && directory.startsWith(top);
                directory = directory.getParent()) {
            least = Math.min(least, controlGroup(directory));
        }
        return least;
    }

    private static long controlGroup(Path directory) {
        OptionalLong limit = number(directory.resolve("memory.max"));
        OptionalLong used = number(directory.resolve("memory.current"));
        if (limit.isEmpty() || used.isEmpty()) {
            return Long.MAX_VALUE;
        }
        long reclaimable = value(directory.resolve("memory.stat"), "inactive_file ")
                .findFirst()
                .orElse(0L);
        return Math.max(0, limit.getAsLong() - Math.max(0, used.getAsLong() - reclaimable));
    }

    private static Stream<Long> value(Path file, String key) {
        return lines(file).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).replace("kB", "").strip())
                .filter(text -> text.matches("\\d{1,15}"))
                .map(Long::valueOf);
    }

    /** Empty also for the limit {@code max}. */
    private static OptionalLong number(Path file) {
        return lines(file).stream()
                .map(String::strip)
                .filter(text -> text.matches("\\d{1,18}"))
                .mapToLong(Long::parseLong)
                .findFirst();
    }

    private static List<String> lines(Path file) {
        try {
            return Files.readAllLines(file);
        } catch (IOException e) {
            return List.of(); // no such group or system: then there is no such limit
        }
    }
}
