package io.memkind.internal.extent;

import io.memkind.internal.os.Errno;

/** No extent could be had. Says which call failed, or that a limit was in the way. */
public final class ExtentUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long requestedBytes;
    private final int errno;
    private final boolean hasNodes;

    private ExtentUnavailableException(String cause, long requestedBytes, int errno, boolean hasNodes) {
        super(cause, null, false, false);
        this.requestedBytes = requestedBytes;
        this.errno = errno;
        this.hasNodes = hasNodes;
    }

    /** The system call {@code call} failed with {@code errno}. */
    public static ExtentUnavailableException ofCall(String call, long requestedBytes, int errno) {
        return new ExtentUnavailableException(
                call + " of " + requestedBytes + " bytes failed: " + Errno.describe(errno),
                requestedBytes,
                errno,
                true);
    }

    /** As {@link #ofCall}, with what the error means there. */
    public static ExtentUnavailableException ofCall(String call, long requestedBytes, int errno, String meaning) {
        return new ExtentUnavailableException(
                call + " of " + requestedBytes + " bytes failed: " + Errno.describe(errno) + ": " + meaning,
                requestedBytes,
                errno,
                true);
    }

    /** Something other than a system call, told by {@code cause}, is in the way. */
    public static ExtentUnavailableException because(String cause, long requestedBytes) {
        return new ExtentUnavailableException(cause, requestedBytes, 0, true);
    }

    /** There is no node to take memory from, as {@code cause} says: giving memory back would not help. */
    public static ExtentUnavailableException withoutNodes(String cause) {
        return new ExtentUnavailableException(cause, 0, 0, false);
    }

    /** Whether there are nodes, so that memory given back there could serve the request. */
    public boolean hasNodes() {
        return hasNodes;
    }

    public long requestedBytes() {
        return requestedBytes;
    }

    /** The error number of the failed call, or 0 when no call failed. */
    public int errno() {
        return errno;
    }
}
