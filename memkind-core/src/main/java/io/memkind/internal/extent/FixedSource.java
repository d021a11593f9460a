package io.memkind.internal.extent;

import io.memkind.internal.os.LinuxMemory;
import io.memkind.internal.os.PageSize;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/**
 * Memory that the caller owns: the whole pages of one native segment, as one region. Nothing is ever given back to the
 * system, and the content is whatever it was.
 *
 * <p>The memory can end at any time, with the scope of the segment. Everything here that touches it goes through the
 * segment, so that it fails then and does not crash.
 */
public final class FixedSource implements ExtentSource {
    private final MemorySegment segment;
    private final long address;
    private final long byteSize;
    /* All guarded by this. */
    private boolean taken;

    private boolean mapped;
    private boolean lost;
    private @Nullable Runnable onLoss;

    /**
     * Claims the segment, until {@link #close}.
     *
     * @throws IllegalArgumentException if the segment is not native, read-only, beyond {@link PageMap#END}, has less than {@code minBytes} in whole
     *     pages, or overlaps memory that another heap manages
     */
    public FixedSource(MemorySegment segment, long minBytes) {
        if (!segment.isNative()) {
            throw new IllegalArgumentException(
                    "the segment is on the Java heap; give native memory, from an Arena or mapped from a file");
        }
        if (segment.isReadOnly()) {
            throw new IllegalArgumentException("the segment at 0x" + Long.toHexString(segment.address())
                    + " is read-only; give memory that can be written");
        }
        if (segment.byteSize() > PageMap.END - segment.address() || segment.address() < 0) {
            throw new IllegalArgumentException("the segment at 0x" + Long.toHexString(segment.address()) + " of "
                    + segment.byteSize() + " bytes ends beyond the addresses that can be managed, 0x"
                    + Long.toHexString(PageMap.END) + "; give memory that mmap placed without a hint");
        }
        this.segment = segment;
        this.address = (segment.address() + PageSize.BYTES - 1) & -PageSize.BYTES;
        this.byteSize = ((segment.address() + segment.byteSize()) & -PageSize.BYTES) - address;
        if (segment.address() == 0 || byteSize < minBytes) {
            throw new IllegalArgumentException("the segment at 0x" + Long.toHexString(segment.address()) + " of "
                    + segment.byteSize() + " bytes has " + Math.max(0, byteSize) + " bytes in whole pages of "
                    + PageSize.BYTES + "; " + minBytes + " is the least");
        }
        FixedAreas.claim(this);
    }

    /** True the first time, for the one heap that manages the memory. */
    public synchronized boolean take() {
        boolean first = !taken;
        taken = true;
        return first;
    }

    /** First byte of the whole pages. */
    public long address() {
        return address;
    }

    /** Bytes in whole pages. */
    public long byteSize() {
        return byteSize;
    }

    String range() {
        return "0x" + Long.toHexString(address) + "..0x" + Long.toHexString(address + byteSize);
    }

    /** The segment as it was given. */
    public MemorySegment segment() {
        return segment;
    }

    /** Whether the segment's scope has not ended. */
    public boolean isAlive() {
        return segment.scope().isAlive();
    }

    /** The part of the segment that a block takes. */
    public MemorySegment slice(long blockAddress, long blockBytes) {
        return segment.asSlice(blockAddress - segment.address(), blockBytes);
    }

    /**
     * What to do when the memory is dead and its addresses are about to be used by another heap; at once, if that was so
     * already. Runs in any thread, which may hold the lock of another pool.
     */
    public void onLoss(Runnable action) {
        boolean now;
        synchronized (this) {
            onLoss = action;
            now = lost;
        }
        if (now) {
            action.run();
        }
    }

    void lose() {
        Runnable action;
        synchronized (this) {
            lost = true;
            action = onLoss;
        }
        if (action != null) {
            action.run();
        }
    }

    @Override
    public synchronized long map(long wantedBytes, long byteAlignment) {
        if (mapped || wantedBytes != byteSize) {
            throw ExtentUnavailableException.because(
                    "the " + byteSize + " bytes of the segment have no free piece of that size and alignment",
                    wantedBytes);
        }
        mapped = true;
        return address;
    }

    /* The alignment is left to the search for a piece: it may be more than that of the segment. */
    @Override
    public long regionByteSize(long neededBytes, long aheadBytes) {
        return Math.max(neededBytes, byteSize);
    }

    @Override
    public boolean unmap(long rangeAddress, long rangeBytes) {
        return true;
    }

    @Override
    public boolean vacate(long rangeAddress, long rangeBytes) {
        return true;
    }

    @Override
    public Purged purge(long rangeAddress, long rangeBytes) {
        return Purged.CLEAN;
    }

    @Override
    public boolean isZeroed() {
        return false;
    }

    @Override
    public void zero(long rangeAddress, long rangeBytes) {
        slice(rangeAddress, rangeBytes).fill((byte) 0);
    }

    @Override
    public void copy(long fromAddress, long toAddress, long rangeBytes) {
        long base = segment.address();
        MemorySegment.copy(segment, fromAddress - base, segment, toAddress - base, rangeBytes);
    }

    @Override
    public long residentBytes(long rangeAddress, long rangeBytes) {
        return isAlive() ? Math.max(0, LinuxMemory.INSTANCE.residentBytes(rangeAddress, rangeBytes)) : 0;
    }

    @Override
    public long granularityByteSize() {
        return PageSize.BYTES;
    }

    @Override
    public void close() {
        FixedAreas.release(this);
    }
}
