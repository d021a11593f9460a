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
}
