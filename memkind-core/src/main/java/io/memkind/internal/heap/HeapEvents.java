package io.memkind.internal.heap;

import io.memkind.internal.extent.ExtentEvents;

/** Who wants to know what a heap does. The rules of {@link ExtentEvents} hold. */
public interface HeapEvents extends ExtentEvents {
    /** Whether {@link #allocated} is to be called: that costs every allocation and free of the heap its fast path. */
    boolean countsAllocations();

    /** A block was allocated, for a request of so many bytes. By the thread that asked for it. */
    void allocated(long byteSize);

    /**
     * A request was refused.
     *
     * @param byteSize bytes asked for
     * @param reason why there is no memory
     * @param activeBytes bytes in slabs and large blocks
     * @param limitBytes the heap's limit; {@code Long.MAX_VALUE} for none
     */
    void exhausted(long byteSize, String reason, long activeBytes, long limitBytes);
}
