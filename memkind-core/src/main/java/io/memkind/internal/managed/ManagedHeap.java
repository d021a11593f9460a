package io.memkind.internal.managed;

import io.memkind.internal.extent.ExtentSources;
import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.heap.AddressRefusedException;
import io.memkind.internal.heap.Heap;
import io.memkind.spi.BlockHeap;
import io.memkind.spi.HeapManager;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.LongSupplier;

/**
 * A heap of another manager, whose memory are large blocks of a heap of ours, and which keeps the rules of {@link Heap}: every
 * address is checked against the live blocks, content is zeroed where asked for. Thread-safe.
 *
 * <p>A call holds the lock for reading; what the manager wants to have to itself, for writing.
 */
public final class ManagedHeap {
    /* What can be asked for at all: far beyond the address space, and far from overflow by a manager's headers. */
    private static final long MAX_BYTES = 1L << 60;

    private final Heap extents;
    private final ExtentSources content;
    private final String managerName;
    private final boolean bindsToThreads;
    private final HeapSupply supply;
    private final BlockHeap blocks;
    private final LiveBlocks live = new LiveBlocks();
    private final ReentrantReadWriteLock lock = new ReentrantReadWriteLock();
    /* Guarded by the lock. */
    private boolean closed;

    /**
     * @param extents what the memory comes from
     * @param content writes to memory of that heap
     */
    public ManagedHeap(Heap extents, ExtentSources content, HeapManager manager) {
        this.extents = extents;
        this.content = content;
        this.managerName = manager.name();
        this.bindsToThreads = manager.bindsToThreads();
        this.supply = new HeapSupply(extents);
        this.blocks = manager.open(supply);
    }

    private long call(LongSupplier call) {
        return bindsToThreads && Thread.currentThread().isVirtual() ? PlatformThreads.call(call) : call.getAsLong();
    }

    /**
     * Allocates a block of unspecified content, or of zeros.
     *
     * @throws ExtentUnavailableException if there is no memory; nothing has changed
     * @throws IllegalStateException if the heap is closed
     */
    public long allocate(long byteSize, long byteAlignment, boolean zeroed) {
        return call(() -> {
            if (byteSize > MAX_BYTES || byteAlignment > MAX_BYTES) {
                throw ExtentUnavailableException.because("it is more than there are addresses", byteSize);
            }
            long block = tryAllocate(byteSize, byteAlignment, zeroed);
            if (block == 0 && giveBackIfEmpty()) {
                block = tryAllocate(byteSize, byteAlignment, zeroed);
            }
            if (block == 0) {
                throw supply.takeRefusal(managerName, byteSize);
            }
            return block;
        });
    }

    private long tryAllocate(long byteSize, long byteAlignment, boolean zeroed) {
        lock.readLock().lock();
        try {
            requireOpen();
            long block = blocks.allocate(byteSize, byteAlignment);
            if (block != 0) {
                enter(block);
                if (zeroed) {
                    content.zero(block, byteSize);
                }
            }
            return block;
        } finally {
            lock.readLock().unlock();
        }
    }

    private void enter(long block) {
        try {
            live.put(block, blocks.usableByteSize(block));
        } catch (OutOfMemoryError e) {
            blocks.free(block);
            throw e;
        }
    }

    /**
     * Changes the size of a block.
     *
     * @return the address of the block from now on
     * @throws AddressRefusedException if it is no live block
     * @throws ExtentUnavailableException if there is no memory; the old block is untouched
     */
    public long reallocate(long address, long byteSize) {
        return call(() -> {
            long moved = byteSize > MAX_BYTES ? 0 : tryReallocate(address, byteSize);
            if (moved == 0) {
                usableBytes(address);
                throw supply.takeRefusal(managerName, byteSize);
            }
            return moved;
        });
    }

    private long tryReallocate(long address, long byteSize) {
        lock.readLock().lock();
        try {
            requireOpen();
            long oldBytes = live.take(address);
            if (oldBytes < 0) {
                throw refused(address);
            }
            if (byteSize <= oldBytes && (byteSize > oldBytes / 2 || oldBytes <= 8)) {
                live.put(address, oldBytes);
                return address;
            }
            long moved = byteSize > oldBytes ? blocks.reallocate(address, byteSize) : shrink(address, byteSize);
            if (moved == 0) {
                live.put(address, oldBytes);
                return byteSize <= oldBytes ? address : 0;
            }
            live.put(moved, blocks.usableByteSize(moved));
            return moved;
        } finally {
            lock.readLock().unlock();
        }
    }

    /* A manager may be content to leave a small rest in a large block. */
    private long shrink(long address, long byteSize) {
        long moved = blocks.allocate(byteSize, naturalAlignment(byteSize));
        if (moved != 0) {
            content.copy(address, moved, byteSize);
            blocks.free(address);
        }
        return moved;
    }

    /** What blocks are aligned to when nothing else is asked for. */
    public static long naturalAlignment(long byteSize) {
        return byteSize <= 8 ? 8 : 16;
    }

    /**
     * Frees a block.
     *
     * @throws AddressRefusedException if it is no live block
     */
    public void free(long address) {
        call(() -> {
            lock.readLock().lock();
            try {
                if (live.take(address) < 0) {
                    throw refused(address);
                }
                blocks.free(address);
                return 0;
            } finally {
                lock.readLock().unlock();
            }
        });
    }

    /**
     * The size of the block that starts at the address: at least what was asked for.
     *
     * @throws AddressRefusedException if it is no live block
     */
    public long usableBytes(long address) {
        long byteSize = live.byteSizeOf(address);
        if (byteSize < 0) {
            throw refused(address);
        }
        return byteSize;
    }

    /** Whether the address lies in a live block: its start or a byte inside. */
    public boolean owns(long address) {
        return live.holding(address) != 0;
    }

    /** Bytes in live blocks, at their full size. */
    public long allocatedBytes() {
        return live.byteSize();
    }

    private AddressRefusedException refused(long address) {
        long block = live.holding(address);
        String whatIsThere;
        if (block != 0) {
            whatIsThere = "it lies " + (address - block) + " bytes inside the block at 0x" + Long.toHexString(block);
        } else if (extents.placeOf(address) >= 0) {
            whatIsThere = "it lies in free memory of this heap; most likely it was freed already";
        } else {
            whatIsThere = Heap.ofPage(address) == null
                    ? "this heap never handed it out"
                    : "it belongs to another kind's heap";
        }
        return new AddressRefusedException(whatIsThere);
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the heap is closed");
        }
    }

    /** Has the manager give back what it can, if no block is live. */
    public void trim() {
        call(() -> giveBackIfEmpty() ? 1 : 0);
    }

    private boolean giveBackIfEmpty() {
        lock.writeLock().lock();
        try {
            return !closed && live.isEmpty() && blocks.giveBack();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /**
     * Ends the heap when the calls in progress have finished. Later calls throw {@link IllegalStateException} or refuse the
     * address. Closing again does nothing.
     *
     * @return whether the memory may be unmapped: nobody touches it but through blocks
     */
    public boolean close() {
        return call(() -> {
                    lock.writeLock().lock();
                    try {
                        if (closed) {
                            return 1;
                        }
                        closed = true;
                        live.clear();
                        return blocks.close() ? 1 : 0;
                    } finally {
                        lock.writeLock().unlock();
                    }
                })
                != 0;
    }
}
