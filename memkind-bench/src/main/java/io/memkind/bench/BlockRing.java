package io.memkind.bench;

import java.util.concurrent.atomic.AtomicLongArray;

/** A queue of addresses from one thread to another. An empty slot is 0. */
final class BlockRing {
    private static final int SLOT_COUNT = 1 << 10;

    private final AtomicLongArray slots = new AtomicLongArray(SLOT_COUNT);

    /** Whether the slot with this number, counted from 0 without end, can be sent to. By the sender. */
    boolean isFree(int number) {
        return slots.getAcquire(number & SLOT_COUNT - 1) == 0;
    }

    /** Sends a block by a free slot. */
    void send(int number, long address) {
        slots.setRelease(number & SLOT_COUNT - 1, address);
    }

    /** Takes the block from the slot with this number; 0 if it has not been sent yet. By the receiver. */
    long take(int number) {
        long address = slots.getAcquire(number & SLOT_COUNT - 1);
        if (address != 0) {
            slots.setRelease(number & SLOT_COUNT - 1, 0);
        }
        return address;
    }
}
