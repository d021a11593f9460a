package io.memkind;

import io.memkind.internal.extent.ExtentSources;
import io.memkind.internal.extent.FileRefusedException;
import io.memkind.internal.extent.FileSource;
import io.memkind.internal.heap.Heap;
import io.memkind.topology.Topology;
import java.io.UncheckedIOException;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;

/** Files in a directory, as memory of kinds. The first source, which the first kind takes, tells of the file system. */
final class FileMemory implements KindMemory {
    private final Path directory;
    private final String systemPath;
    private volatile boolean syncMapped;
    private volatile long fileSystemBytes;
    private volatile long hugePageByteSize = BASE_PAGE;

    FileMemory(Path directory) {
        this.directory = directory;
        this.systemPath = systemPath(directory);
    }

    /** The name of a directory for the system, which knows no empty path and nothing of other providers' files. */
    static String systemPath(Path directory) {
        requireMappable(directory);
        return directory.toAbsolutePath().toString();
    }

    static void requireMappable(Path directory) {
        if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IllegalArgumentException(directory + " is a path of a "
                    + directory.getFileSystem().provider().getScheme()
                    + " file system, which cannot be mapped; give a directory by Path.of");
        }
    }

    Path directory() {
        return directory;
    }

    boolean syncMapped() {
        return syncMapped;
    }

    @Override
    public ExtentSources sources(long limitBytes) {
        try {
            FileSource source = FileSource.open(systemPath, limitBytes);
            syncMapped = source.syncMapped();
            fileSystemBytes = source.fileSystemByteSize();
            if (source.granularityByteSize() > Heap.pageByteSize()) {
                hugePageByteSize = source.granularityByteSize();
            }
            return ExtentSources.single(source);
        } catch (FileRefusedException e) {
            throw refused(directory, e);
        }
    }

    static UncheckedIOException refused(Path directory, FileRefusedException e) {
        String message = String.valueOf(e.getMessage());
        UncheckedIOException failure = new UncheckedIOException(
                "no kind can have its memory in " + directory + ": " + message + ". " + e.remedy(),
                new FileSystemException(directory.toString(), null, message));
        failure.addSuppressed(e);
        return failure;
    }

    @Override
    public KindReport report(String kindName) {
        return KindReport.ofOther(
                kindName,
                pageByteSize(),
                fileSystemBytes > 0 ? OptionalLong.of(fileSystemBytes) : OptionalLong.empty());
    }

    @Override
    public KindReport report(String kindName, Topology topology, Map<String, String> environment) {
        return report(kindName);
    }

    @Override
    public long hugePageByteSize() {
        return hugePageByteSize;
    }
}
