package io.memkind;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** A small file system of a test's own. Needs root; where it cannot be had, says why. */
final class MountedFileSystem implements AutoCloseable {
    private final Path root;
    private final Path directory;

    private MountedFileSystem(Path root, Path directory) {
        this.root = root;
        this.directory = directory;
    }

    static Optional<MountedFileSystem> tmpfs(long byteSize) {
        return mount(List.of("mount", "-t", "tmpfs", "-o", "size=" + byteSize, "memkind-test"), null);
    }

    /** A file system without fallocate and without holes, and without a limit. */
    static Optional<MountedFileSystem> ramfs() {
        return mount(List.of("mount", "-t", "ramfs", "memkind-test"), null);
    }

    /** Huge pages of the default size, as many as there are. */
    static Optional<MountedFileSystem> hugetlbfs() {
        return mount(List.of("mount", "-t", "hugetlbfs", "memkind-test"), null);
    }

    /** In a file of that size, by a loop device. */
    static Optional<MountedFileSystem> ext4(long byteSize) {
        try {
            Path image = Files.createTempFile(TestDirectories.onDisk(), "ext4", ".img");
            try (var channel = Files.newByteChannel(image, java.nio.file.StandardOpenOption.WRITE)) {
                channel.position(byteSize - 1).write(java.nio.ByteBuffer.allocate(1));
            }
            String failure = run(List.of("mkfs.ext4", "-q", "-F", image.toString()));
            if (!failure.isEmpty()) {
                Files.delete(image);
                return skipped(failure);
            }
            return mount(List.of("mount", "-t", "ext4", "-o", "loop", image.toString()), image);
        } catch (IOException e) {
            return skipped(e.toString());
        }
    }

    private static Optional<MountedFileSystem> mount(
            List<String> command, @org.jspecify.annotations.Nullable Path image) {
        try {
            Path root = Files.createTempDirectory(TestDirectories.onDisk(), "mount");
            String failure = run(
                    Stream.concat(command.stream(), Stream.of(root.toString())).toList());
            if (image != null) {
                Files.delete(image); // the loop device keeps it
            }
            if (failure.isEmpty()) {
                return Optional.of(new MountedFileSystem(root, root));
            }
            Files.delete(root);
            return skipped(failure);
        } catch (IOException e) {
            return skipped(e.toString());
        }
    }

    private static Optional<MountedFileSystem> skipped(String reason) {
        System.out.println("Skipped, no file system of its own: " + reason);
        return Optional.empty();
    }

    /* What went wrong; empty if nothing did. */
    private static String run(List<String> command) {
        try {
            Process process =
                    new ProcessBuilder(command).redirectErrorStream(true).start();
            process.getOutputStream().close();
            String output =
                    new String(process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            if (!process.waitFor(60, TimeUnit.SECONDS)) {
                return String.join(" ", command) + " hangs";
            }
            return process.exitValue() == 0 ? "" : String.join(" ", command) + ": " + output.strip();
        } catch (IOException e) {
            return e.toString();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    Path directory() {
        return directory;
    }

    long usableBytes() {
        try {
            return Files.getFileStore(directory).getUsableSpace();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        String failure = run(List.of("umount", root.toString()));
        if (!failure.isEmpty()) {
            throw new AssertionError(failure);
        }
        try {
            Files.delete(root);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
