package io.memkind.internal.managed;

import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.heap.Heap;
import io.memkind.internal.log.Log;
import io.memkind.spi.ExtentSupply;
import org.jspecify.annotations.Nullable;

/** Large blocks of a heap, as memory for another. Remembers for each thread why it was refused. */
final class HeapSupply implements ExtentSupply {
    private final Heap heap;
    private final ThreadLocal<@Nullable Throwable> refusal = new ThreadLocal<>();

    HeapSupply(Heap heap) {
        this.heap = heap;
    }

    @Override
    public long allocate(long byteSize) {
        try {
            return heap.allocateAligned(byteSize, Heap.pageByteSize());
        } catch (RuntimeException | Error e) {
            refusal.set(e);
            return 0;
        }
    }

    @Override
    public boolean free(long address) {
        try {
            heap.free(address);
            return true;
        } catch (RuntimeException | Error e) {
            Log.warning("memory that a heap manager gives back is not taken", e);
            return false;
        }
    }

    /** Why the calling thread was refused since it last asked; else that {@code managerName} has no room. */
    ExtentUnavailableException takeRefusal(String managerName, long byteSize) {
        Throwable cause = refusal.get();
        refusal.remove();
        if (cause instanceof ExtentUnavailableException e) {
            return e;
        }
        return ExtentUnavailableException.because(
                cause == null ? "the heap manager " + managerName + " has no room for it" : cause.toString(), byteSize);
    }
}
