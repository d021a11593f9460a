package io.memkind.internal.extent;

import io.memkind.internal.os.Errno;
import io.memkind.internal.os.FileStorage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * A file without a name, which goes away with its descriptor, whatever ends the process. Grows at its end only; what is in
 * it is up to the source. Not thread-safe.
 */
final class BackingFile {
    private static final int NAME_TRIES = 100;

    final int descriptor;
    private final FileStorage storage;
    private long byteSize;

    private BackingFile(FileStorage storage, int descriptor) {
        this.storage = storage;
        this.descriptor = descriptor;
    }

    /**
     * Opens a new empty file.
     *
     * @throws FileRefusedException if the system refuses
     */
    static BackingFile open(FileStorage storage, String directory) {
        int file = storage.openUnnamed(directory);
        /* What kernels and file systems without O_TMPFILE answer, see open(2); overlayfs and FUSE say ENOSYS or EINVAL. */
        if (file == -Errno.EOPNOTSUPP || file == -Errno.EISDIR || file == -Errno.EINVAL || file == -Errno.ENOSYS) {
            return createAndUnlink(storage, directory);
        }
        if (file < 0) {
            throw new FileRefusedException("open of a temporary file", directory, -file);
        }
        return new BackingFile(storage, file);
    }

    private static BackingFile createAndUnlink(FileStorage storage, String directory) {
        int file = -Errno.EEXIST;
        String path = directory;
        for (int i = 0; i < NAME_TRIES && file == -Errno.EEXIST; i++) {
            path = directory + "/memkind."
                    + Long.toUnsignedString(ThreadLocalRandom.current().nextLong(), 36);
            file = storage.create(path);
        }
        if (file < 0) {
            throw new FileRefusedException("creation of a temporary file", directory, -file);
        }
        int unlinked = storage.unlink(path);
        if (unlinked < 0) {
            storage.close(file);
            throw new FileRefusedException("unlink of the temporary file " + path, directory, -unlinked);
        }
        return new BackingFile(storage, file);
    }

    long byteSize() {
        return byteSize;
    }

    /** Makes the file longer by a hole. Returns the offset of the hole, or -errno. */
    long grow(long holeBytes) {
        if (byteSize + holeBytes < 0) {
            return -Errno.EFBIG;
        }
        int result = storage.setByteSize(descriptor, byteSize + holeBytes);
        if (result < 0) {
            return result;
        }
        long offset = byteSize;
        byteSize += holeBytes;
        return offset;
    }

    void close() {
        storage.close(descriptor);
    }
}
