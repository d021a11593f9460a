package io.memkind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Directories on file systems of different sorts. */
public final class TestDirectories {
    private TestDirectories() {}

    /** Memory: the fastest that a machine without persistent memory has. */
    public static Path inMemory() {
        Path shm = Path.of("/dev/shm");
        if (Files.isWritable(shm)) {
            return shm;
        }
        System.out.println("no /dev/shm that can be written: " + onDisk() + " is used for it");
        return onDisk();
    }

    /** The build directory, which most often is on a disk. */
    public static Path onDisk() {
        try {
            return Files.createDirectories(Path.of("target", "file-kinds").toAbsolutePath());
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Names of what is in a directory. */
    public static List<String> names(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(path -> path.getFileName().toString()).toList();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** Descriptors of this process that are open on unnamed files in a directory. */
    public static long openFilesIn(Path directory) {
        try (Stream<Path> descriptors = Files.list(Path.of("/proc/self/fd"))) {
            return descriptors
                    .filter(descriptor -> isUnnamedFileIn(descriptor, directory))
                    .count();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static boolean isUnnamedFileIn(Path descriptor, Path directory) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            return target.startsWith(directory + "/") && target.endsWith("(deleted)");
        } catch (IOException e) {
            return false; // closed since it was listed
        }
    }
}
