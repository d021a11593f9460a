package io.memkind.internal.extent;

import io.memkind.internal.os.Advice;
import io.memkind.internal.os.LinuxMemory;
import io.memkind.internal.os.VirtualMemory;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The real kernel, except that a chosen call fails; and a record of what is mapped and of which calls were made.
 * Thread-safe.
 */
public final class FaultyMemory implements VirtualMemory {
    /** The calls, by the names that error messages use. */
    public enum Call {
        MMAP,
        MUNMAP,
        MADVISE,
        MBIND,
        MINCORE,
        MOVE_PAGES,
        MEMBARRIER
    }

    private final AddressRanges mapped = new AddressRanges();
    private final Map<Call, Long> counts = new EnumMap<>(Call.class);
    private final List<Call> failed = new ArrayList<>();
    private @Nullable Call failingKind;
    private long firstFailure = Long.MAX_VALUE;
    private long lastFailure = Long.MAX_VALUE;
    private int errno;

    /** Fails the n-th call from now on, of any kind; the ones after it work again. */
    public synchronized void failNth(long n, int errno) {
        fail(null, n, n, errno);
    }

    /** Fails the n-th call of a kind from now on; the ones after it work again. */
    public synchronized void failNth(Call kind, long n, int errno) {
        fail(kind, n, n, errno);
    }

    /** Fails every call of a kind from now on, until told otherwise. */
    public synchronized void failAll(Call kind, int errno) {
        fail(kind, 1, Long.MAX_VALUE - 1, errno);
    }

    /** Fails nothing any more. */
    public synchronized void failNothing() {
        fail(null, Long.MAX_VALUE, Long.MAX_VALUE, 0);
    }

    private void fail(@Nullable Call kind, long first, long last, int errno) {
        counts.clear();
        failed.clear();
        failingKind = kind;
        firstFailure = first;
        lastFailure = last;
        this.errno = errno;
    }

    /** The calls that were made to fail since the last order to fail. */
    public synchronized List<Call> failedCalls() {
        return List.copyOf(failed);
    }

    /** Calls of the kind since the last order to fail, or since the start. */
    public synchronized long count(Call kind) {
        return counts.getOrDefault(kind, 0L);
    }

    /** Bytes that were mapped through this object and are still. */
    public synchronized long mappedBytes() {
        return mapped.byteSize();
    }

    /** Starts and ends of what {@link #mappedBytes} counts. */
    public synchronized long[][] mappedRanges() {
        return mapped.toArray();
    }

    /* Counts the call and answers 0, or -errno if it is to fail. */
    private int enter(Call kind) {
        counts.merge(kind, 1L, Long::sum);
        long number = failingKind == null
                ? counts.values().stream().mapToLong(Long::longValue).sum()
                : counts.getOrDefault(failingKind, 0L);
        if ((failingKind != null && failingKind != kind) || number < firstFailure || number > lastFailure) {
            return 0;
        }
        failed.add(kind);
        return -errno;
    }

    @Override
    public synchronized long map(long byteSize, int extraFlags) {
        long result = enter(Call.MMAP);
        if (result == 0) {
            result = LinuxMemory.INSTANCE.map(byteSize, extraFlags);
            if (result > 0) {
                mapped.add(result, byteSize);
            }
        }
        return result;
    }

    /** Fails the test at once if not all of the range is mapped. The range counts as mapped afterwards. */
    @Override
    public synchronized long replaceByZeros(long address, long byteSize) {
        long result = enter(Call.MMAP);
        if (result == 0) {
            mapped.remove(address, byteSize);
            mapped.add(address, byteSize);
            result = LinuxMemory.INSTANCE.replaceByZeros(address, byteSize);
        }
        return result;
    }

    /** Fails the test at once if not all of the range is mapped. */
    @Override
    public synchronized int unmap(long address, long byteSize) {
        int result = enter(Call.MUNMAP);
        if (result == 0) {
            mapped.remove(address, byteSize);
            result = LinuxMemory.INSTANCE.unmap(address, byteSize);
        }
        return result;
    }

    /** Fails the test at once if the range is not mapped: it may be somebody else's by now. */
    @Override
    public synchronized int advise(long address, long byteSize, Advice advice) {
        int result = enter(Call.MADVISE);
        if (!mapped.contains(address) || !mapped.contains(address + byteSize - 1)) {
            throw new IllegalStateException("madvise of memory that is not mapped");
        }
        return result == 0 ? LinuxMemory.INSTANCE.advise(address, byteSize, advice) : result;
    }

    @Override
    public synchronized int bind(long address, long byteSize, int mode, long[] nodeMask) {
        int result = enter(Call.MBIND);
        return result == 0 ? LinuxMemory.INSTANCE.bind(address, byteSize, mode, nodeMask) : result;
    }

    @Override
    public synchronized long residentBytes(long address, long byteSize) {
        int result = enter(Call.MINCORE);
        return result == 0 ? LinuxMemory.INSTANCE.residentBytes(address, byteSize) : result;
    }

    @Override
    public synchronized int nodesOf(long address, int[] nodes) {
        int result = enter(Call.MOVE_PAGES);
        return result == 0 ? LinuxMemory.INSTANCE.nodesOf(address, nodes) : result;
    }

    @Override
    public synchronized int processBarrier() {
        int result = enter(Call.MEMBARRIER);
        return result == 0 ? LinuxMemory.INSTANCE.processBarrier() : result;
    }
}
