package io.memkind.internal.extent;

import io.memkind.internal.os.Errno;

/** No extent could be had. Says which call failed, or that a limit was in the way. */
public final class ExtentUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long requestedBytes;
    private final int errno;

    private ExtentUnavailableException(String cause, long requestedBytes, int errno) {
        super(cause, null, false, false);
        this.requestedBytes = requestedBytes;
        this.errno = errno;
    }

    /** The system call {@code call} failed with {@code errno}. */
    public static ExtentUnavailableException ofCall(String call, long requestedBytes, int errno) {
        return new ExtentUnavailableException(
                call + " of " + requestedBytes + " bytes failed: " + Errno.describe(errno), requestedBytes, errno);
    }

    /** Something other than a system call, told by {@code cause}, is in the way. */
    public static ExtentUnavailableException because(String cause, long requestedBytes) {
        return new ExtentUnavailableException(cause, requestedBytes, 0);
    }

    public long requestedBytes() {
        return requestedBytes;
    }

    /** The error number of the failed call, or 0 when no call failed. */
    public int errno() {
        return errno;
    }
}
