package io.memkind.topology;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The small files of a tree that has {@code sys} and {@code proc} in it; paths are relative to the tree.
 *
 * <p>A file that is missing, unreadable or odd reads as empty, never as an error. A symbolic link of a captured tree that
 * leads out of it counts as missing: it would mix in the machine that reads. Only regular files are opened, as a pipe
 * would block.
 */
final class SysfsFiles {
    /** More than any kernel writes into one of these files. */
    private static final int MAX_FILE_BYTES = 1 << 20;

    private static final int MAX_DIRECTORY_ENTRIES = 1 << 17;

    private final Path root;
    private final List<Path> inside;

    SysfsFiles(Path root) {
        this.root = root;
        List<Path> directories = new ArrayList<>();
        for (Path directory : List.of(root, root.resolve("sys"), root.resolve("proc"))) {
            Path real = real(directory);
            if (real != null) {
                directories.add(real);
            }
        }
        this.inside = List.copyOf(directories);
    }

    private static @Nullable Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException | RuntimeException e) {
            return null;
        }
    }

    private @Nullable Path find(String path) {
        try {
            Path real = real(root.resolve(path));
            return real != null && inside.stream().anyMatch(real::startsWith) ? real : null;
        } catch (RuntimeException e) { // a name that no file can have
            return null;
        }
    }

    /** The content without surrounding white space, if there is such a file. */
    Optional<String> read(String path) {
        Path file = find(path);
        if (file == null || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try (InputStream input = Files.newInputStream(file)) {
            // any bytes are text in this character set, so that one odd byte does not hide the rest
            String text = new String(input.readNBytes(MAX_FILE_BYTES), StandardCharsets.ISO_8859_1);
            int end = text.indexOf('\0'); // some kernels end their text so, and captures have it in the file
            return Optional.of((end < 0 ? text : text.substring(0, end)).strip());
        } catch (IOException | RuntimeException e) {
            return Optional.empty();
        }
    }

    /** The content without surrounding white space; "" if there is none. */
    String text(String path) {
        return read(path).orElse("");
    }

    /** The number in the file, or 0. */
    long number(String path) {
        return Numbers.parse(text(path)).orElse(0);
    }

    /** The number in the file, if it fits. */
    OptionalInt smallNumber(String path) {
        OptionalLong number = Numbers.parse(text(path));
        return number.isPresent() && number.getAsLong() <= Integer.MAX_VALUE
                ? OptionalInt.of((int) number.getAsLong())
                : OptionalInt.empty();
    }

    /** Whether there is anything of this name, be it a link to nowhere. */
    boolean has(String path) {
        try {
            return Files.exists(root.resolve(path), LinkOption.NOFOLLOW_LINKS);
        } catch (RuntimeException e) {
            return false;
        }
    }

    /** Where a symbolic link points, as it is written; "" if it is none. */
    String linkText(String path) {
        try {
            return Files.readSymbolicLink(root.resolve(path)).toString();
        } catch (IOException | RuntimeException e) {
            return "";
        }
    }

    /** The names in a directory that begin so, in no order. */
    List<String> names(String directory, String prefix) {
        List<String> names = new ArrayList<>();
        Path found = find(directory);
        if (found == null) {
            return names;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(found)) {
            int count = 0;
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.startsWith(prefix)) {
                    names.add(name);
                }
                if (++count == MAX_DIRECTORY_ENTRIES) {
                    break;
                }
            }
        } catch (IOException | RuntimeException e) {
            return names;
        }
        return names;
    }

    /** The paths of the entries of a directory named {@code prefix} and a number, by number. */
    TreeMap<Integer, String> numbered(String directory, String prefix) {
        TreeMap<Integer, String> found = new TreeMap<>();
        for (String name : names(directory, prefix)) {
            OptionalLong number = Numbers.parse(name.substring(prefix.length()));
            if (number.isPresent() && name.equals(prefix + number.getAsLong())) { // not node01 beside node1
                long value = number.getAsLong();
                if (value <= Integer.MAX_VALUE) {
                    found.put((int) value, directory + "/" + name);
                }
            }
        }
        return found;
    }
}
