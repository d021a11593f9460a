package io.memkind.internal.os;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * The little memory that system calls need for their arguments and for errno. It is mapped once, not taken from the JVM's
 * allocator: that may be redirected to a heap of ours, which may be the one that makes the call, under its lock.
 *
 * <p>As an arena it belongs to the call that opened it. Where more calls are in progress than there are slots, or one needs more than
 * a slot, the JVM's allocator serves after all.
 */
final class CallScratch implements Arena {
    /** What a call can have of it, in bytes. */
    static final int SLOT_BYTES = 16 << 10;

    private static final int SLOT_COUNT = Long.SIZE;
    private static final MemorySegment SLOTS = map();
    /* Bit n: slot n is free. */
    private static final AtomicLong FREE = new AtomicLong(-1L);

    private final int slot;
    private final MemorySegment memory;
    private long used;
    private @Nullable Arena overflow;

    private CallScratch(int slot) {
        this.slot = slot;
        this.memory = SLOTS.asSlice((long) slot * SLOT_BYTES, SLOT_BYTES);
    }

    @SuppressWarnings("restricted")
    private static MemorySegment map() {
        long byteSize = (long) SLOT_COUNT * SLOT_BYTES;
        MemorySegment state = Arena.global().allocate(Syscalls.STATE_LAYOUT);
        int flags = MapFlags.PRIVATE | MapFlags.ANONYMOUS | MapFlags.NORESERVE;
        long address = Syscalls.mmap(state, 0, byteSize, LinuxMemory.PROT_READ_WRITE, flags, -1, 0);
        return address < 0
                ? Arena.global().allocate(byteSize)
                : MemorySegment.ofAddress(address).reinterpret(byteSize);
    }

    /** To be closed by the calling thread, which alone may use it. */
    @SuppressWarnings("MustBeClosedChecker") // by the caller
    static Arena open() {
        /* Threads begin at different slots, and so seldom meet. */
        int turn = (int) Thread.currentThread().threadId() & (SLOT_COUNT - 1);
        long free = FREE.get();
        while (free != 0) {
            int slot = (turn + Long.numberOfTrailingZeros(Long.rotateRight(free, turn))) & (SLOT_COUNT - 1);
            if (FREE.compareAndSet(free, free & ~(1L << slot))) {
                return new CallScratch(slot);
            }
            free = FREE.get();
        }
        return Arena.ofConfined();
    }

    @Override
    public MemorySegment allocate(long byteSize, long byteAlignment) {
        /* Slots begin on pages. */
        long offset = (used + byteAlignment - 1) & -byteAlignment;
        if (offset > SLOT_BYTES || byteSize > SLOT_BYTES - offset) {
            return overflow().allocate(byteSize, byteAlignment);
        }
        used = offset + byteSize;
        return memory.asSlice(offset, byteSize).fill((byte) 0);
    }

    @SuppressWarnings("MustBeClosedChecker") // by close
    private Arena overflow() {
        Arena arena = overflow;
        if (arena == null) {
            arena = Arena.ofConfined();
            overflow = arena;
        }
        return arena;
    }

    @Override
    public MemorySegment.Scope scope() {
        return SLOTS.scope();
    }

    @Override
    public void close() {
        if (overflow != null) {
            overflow.close();
        }
        FREE.getAndUpdate(free -> free | (1L << slot));
    }
}
