package io.memkind.internal.extent;

import io.memkind.internal.os.Errno;

/** A directory cannot hold the memory of a heap. Says which call failed, where and why. */
public final class FileRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int errno;

    FileRefusedException(String call, String directory, int errno) {
        super(call + " in " + directory + " failed: " + Errno.describe(errno));
        this.errno = errno;
    }

    /** The error number of the failed call. */
    public int errno() {
        return errno;
    }

    /** What the user can do about it: a sentence without its full stop. */
    public String remedy() {
        return switch (errno) {
            case Errno.EMFILE -> "Each kind has a file open: close some, or raise the limit (ulimit -n)";
            case Errno.ENFILE -> "Each kind has a file open: close some, or raise the limit (sysctl fs.file-max)";
            case Errno.ENOMEM -> "Close some kinds, or raise the limit of mappings (sysctl vm.max_map_count)";
            case Errno.EFBIG -> "Raise the limit of file sizes (ulimit -f)";
            case Errno.ENOSPC, Errno.EDQUOT -> "Free some space or files there, or give another directory";
            case Errno.ENODEV, Errno.EINVAL, Errno.EOPNOTSUPP, Errno.ENOSYS ->
                "Give a directory of a file system whose files can be mapped and shared, such as ext4, XFS or tmpfs";
            default -> "Give an existing directory that this process may write to";
        };
    }
}
