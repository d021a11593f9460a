package io.memkind.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileSizesTest {
    private static final long MOST_LINES = 600;
    private static final long MEDIAN_LINES = 150;
    private static final int LEAST_FILES = 60;

    /** Lines of each main source file of the modules {@code memkind-*} in a directory. */
    private static SortedMap<Path, Long> mainFiles(Path modules) throws IOException {
        SortedMap<Path, Long> lines = new TreeMap<>();
        for (Path module : list(modules)) {
            Path main = module.resolve("src/main/java");
            if (String.valueOf(module.getFileName()).startsWith("memkind-") && Files.isDirectory(main)) {
                try (Stream<Path> files = Files.walk(main)) {
                    for (Path file : files.filter(path -> path.toString().endsWith(".java"))
                            .toList()) {
                        lines.put(file, (long) Files.readAllLines(file).size());
                    }
                }
            }
        }
        return lines;
    }

    private static List<Path> list(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }

    private static List<Path> tooLong(SortedMap<Path, Long> files) {
        return files.keySet().stream()
                .filter(file -> files.get(file) > MOST_LINES)
                .toList();
    }

    private static long median(SortedMap<Path, Long> files) {
        List<Long> lines = new ArrayList<>(files.values());
        lines.sort(null);
        return lines.get(lines.size() / 2);
    }

    /* Surefire runs a module's tests in the module's directory, or says where that is. */
    private static Path modules() {
        String base = System.getProperty("basedir", System.getProperty("user.dir", ""));
        Path parent = Path.of(base).toAbsolutePath().getParent();
        assertThat(parent).isNotNull();
        return parent;
    }

    @Test
    void everyFileCanBeReadInOneSitting() throws IOException {
        SortedMap<Path, Long> files = mainFiles(modules());

        assertThat(files).hasSizeGreaterThanOrEqualTo(LEAST_FILES);
        assertThat(tooLong(files)).isEmpty();
        assertThat(median(files)).isLessThanOrEqualTo(MEDIAN_LINES);
    }

    @Test
    void reportsALongFile(@TempDir Path modules) throws IOException {
        Path directory = Files.createDirectories(modules.resolve("memkind-x/src/main/java/a"));
        Files.writeString(directory.resolve("Short.java"), "\n".repeat(600));
        Files.writeString(directory.resolve("Long.java"), "\n".repeat(601));

        assertThat(tooLong(mainFiles(modules))).containsExactly(directory.resolve("Long.java"));
        assertThat(median(mainFiles(modules))).isEqualTo(601);
    }
}
