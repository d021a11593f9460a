package io.memkind.internal.extent;

import io.memkind.internal.os.Errno;
import io.memkind.internal.os.FileStorage;
import io.memkind.internal.os.LinuxFileStorage;
import io.memkind.internal.os.PageSize;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The real file system, except that chosen calls fail; and a record of the pages that have space behind them. Thread-safe.
 */
public final class FaultyFiles implements FileStorage {
    /** The calls, by the names that error messages use. */
    public enum Call {
        OPEN,
        CREATE,
        UNLINK,
        CLOSE,
        FTRUNCATE,
        FALLOCATE,
        PUNCH_HOLE,
        PWRITE,
        MMAP,
        FSTATFS
    }

    private record Mapping(int file, long offset, long byteSize) {}

    private final Map<Call, Long> counts = new EnumMap<>(Call.class);
    private final Map<Call, Integer> always = new EnumMap<>(Call.class);
    private final Map<Integer, BitSet> reservedPages = new HashMap<>();
    private final TreeMap<Long, Mapping> mappings = new TreeMap<>();
    private final List<Call> failed = new ArrayList<>();
    private @Nullable Call failingOnce;
    private long failingNumber;
    private int errno;
    private long bytesAllowed = Long.MAX_VALUE;

    /** Fails the n-th call of a kind from now on; the ones after it work again. */
    public synchronized void failNth(Call call, long n, int errno) {
        counts.clear();
        failed.clear();
        failingOnce = call;
        failingNumber = n;
        this.errno = errno;
    }

    /** Fails every call of a kind from now on, until told otherwise. */
    public synchronized void failAll(Call call, int errno) {
        always.put(call, errno);
    }

    public synchronized void failNothing() {
        always.clear();
        failed.clear();
        failingOnce = null;
        bytesAllowed = Long.MAX_VALUE;
    }

    /** From now on files have no space beyond so many bytes: FALLOCATE and PWRITE answer ENOSPC. */
    public synchronized void allowBytes(long bytes) {
        bytesAllowed = bytes;
    }

    public synchronized List<Call> failedCalls() {
        return List.copyOf(failed);
    }

    public synchronized long count(Call call) {
        return counts.getOrDefault(call, 0L);
    }

    /** Files that are open. */
    public synchronized int openFiles() {
        return reservedPages.size();
    }

    /** Bytes that have space behind them, in all open files. */
    public synchronized long reservedBytes() {
        return reservedPages.values().stream().mapToLong(BitSet::cardinality).sum() << PageSize.SHIFT;
    }

    /** Whether all pages of a mapped range have space behind them. */
    public synchronized boolean isReserved(long address, long byteSize) {
        for (long page = address & -PageSize.BYTES; page < address + byteSize; page += PageSize.BYTES) {
            Map.Entry<Long, Mapping> below = mappings.floorEntry(page);
            if (below == null || page >= below.getKey() + below.getValue().byteSize()) {
                return false;
            }
            long offset = below.getValue().offset() + (page - below.getKey());
            BitSet pages = reservedPages.get(below.getValue().file());
            if (pages == null || !pages.get((int) (offset >>> PageSize.SHIFT))) {
                return false;
            }
        }
        return true;
    }

    private int enter(Call call) {
        long number = counts.merge(call, 1L, Long::sum);
        if (call == failingOnce && number == failingNumber) {
            failed.add(call);
            return -errno;
        }
        Integer lasting = always.get(call);
        if (lasting != null) {
            failed.add(call);
            return -lasting;
        }
        return 0;
    }

    private int opened(int file) {
        if (file >= 0) {
            reservedPages.put(file, new BitSet());
        }
        return file;
    }

    @Override
    public synchronized int openUnnamed(String directory) {
        int result = enter(Call.OPEN);
        return result == 0 ? opened(LinuxFileStorage.INSTANCE.openUnnamed(directory)) : result;
    }

    @Override
    public synchronized int create(String path) {
        int result = enter(Call.CREATE);
        return result == 0 ? opened(LinuxFileStorage.INSTANCE.create(path)) : result;
    }

    @Override
    public synchronized int unlink(String path) {
        int result = enter(Call.UNLINK);
        return result == 0 ? LinuxFileStorage.INSTANCE.unlink(path) : result;
    }

    /** Fails the test at once if the file is not open: it may be somebody else's by now. */
    @Override
    public synchronized int close(int file) {
        if (reservedPages.remove(file) == null) {
            throw new IllegalStateException("close of a file that is not open");
        }
        mappings.values().removeIf(mapping -> mapping.file() == file);
        int result = LinuxFileStorage.INSTANCE.close(file);
        int fault = enter(Call.CLOSE);
        return fault == 0 ? result : fault;
    }

    @Override
    public synchronized int setByteSize(int file, long byteSize) {
        int result = enter(Call.FTRUNCATE);
        return result == 0 ? LinuxFileStorage.INSTANCE.setByteSize(file, byteSize) : result;
    }

    private int reserve(Call call, int file, long offset, long byteSize) {
        int result = enter(call);
        if (result == 0 && reservedBytes() + missingBytes(file, offset, byteSize) > bytesAllowed) {
            result = -Errno.ENOSPC;
        }
        if (result == 0) {
            result = call == Call.FALLOCATE
                    ? LinuxFileStorage.INSTANCE.allocate(file, offset, byteSize)
                    : LinuxFileStorage.INSTANCE.writeZeros(file, offset, byteSize);
        }
        if (result == 0) {
            setReserved(file, offset, byteSize, true);
        }
        return result;
    }

    private long missingBytes(int file, long offset, long byteSize) {
        BitSet pages = reservedPages.getOrDefault(file, new BitSet());
        int present = pages.get((int) (offset >>> PageSize.SHIFT), (int) ((offset + byteSize) >>> PageSize.SHIFT))
                .cardinality();
        return byteSize - present * PageSize.BYTES;
    }

    private void setReserved(int file, long offset, long byteSize, boolean reserved) {
        BitSet pages = reservedPages.get(file);
        if (pages == null) {
            throw new IllegalStateException("a file that is not open");
        }
        pages.set((int) (offset >>> PageSize.SHIFT), (int) ((offset + byteSize) >>> PageSize.SHIFT), reserved);
    }

    @Override
    public synchronized int allocate(int file, long offset, long byteSize) {
        return reserve(Call.FALLOCATE, file, offset, byteSize);
    }

    @Override
    public synchronized int punchHole(int file, long offset, long byteSize) {
        int result = enter(Call.PUNCH_HOLE);
        if (result == 0) {
            setReserved(file, offset, byteSize, false);
            result = LinuxFileStorage.INSTANCE.punchHole(file, offset, byteSize);
        }
        return result;
    }

    @Override
    public synchronized int writeZeros(int file, long offset, long byteSize) {
        return reserve(Call.PWRITE, file, offset, byteSize);
    }

    @Override
    public synchronized long mapAt(int file, long offset, long address, long byteSize, boolean sync) {
        long result = enter(Call.MMAP);
        if (result == 0) {
            result = LinuxFileStorage.INSTANCE.mapAt(file, offset, address, byteSize, sync);
            if (result > 0) {
                mappings.put(address, new Mapping(file, offset, byteSize));
            }
        }
        return result;
    }

    @Override
    public synchronized long mappingUnit(int file) {
        int result = enter(Call.FSTATFS);
        return result == 0 ? LinuxFileStorage.INSTANCE.mappingUnit(file) : result;
    }

    @Override
    public synchronized long fileSystemByteSize(int file) {
        int result = enter(Call.FSTATFS);
        return result == 0 ? LinuxFileStorage.INSTANCE.fileSystemByteSize(file) : result;
    }
}
