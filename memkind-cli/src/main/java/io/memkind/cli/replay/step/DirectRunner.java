package io.memkind.cli.replay.step;

import io.memkind.MemoryKind;
import io.memkind.cli.trace.EventWords;
import io.memkind.cli.trace.Operation;

/*
 * The benchmark's own loop. It calls MemoryKind itself, not BlockAllocator, so that the calls stay direct whatever else
 * was loaded, and touches memory as src/replay.c of the traces does, so that numbers can be compared with native heaps'.
 */
/** Runs events against a kind without checking anything. */
public final class DirectRunner implements EventRunner {
    private final MemoryKind kind;
    private final long[] addresses;
    private final boolean touching;

    /**
     * Makes a runner without blocks.
     *
     * @param kind what to allocate from
     * @param idCount the number of slots or objects
     * @param touching whether to write a byte in each page of new memory
     */
    public DirectRunner(MemoryKind kind, int idCount, boolean touching) {
        this.kind = kind;
        this.addresses = new long[idCount];
        this.touching = touching;
    }

    @Override
    public void run(long[] words, int from, int to, int basePosition) {
        MemoryKind kind = this.kind;
        long[] addresses = this.addresses;
        boolean touching = this.touching;
        int event = from;
        try {
            for (; event < to; event++) {
                runEvent(kind, words[2 * event], words[2 * event + 1], addresses, touching);
            }
        } catch (RuntimeException e) {
            throw new EventFailure(basePosition + event, e);
        }
    }

    private static void runEvent(MemoryKind kind, long head, long tail, long[] addresses, boolean touching) {
        int id = EventWords.id(tail);
        int operation = EventWords.operation(head);
        if (operation == Operation.FREE) {
            kind.free(addresses[id]);
            return;
        }
        long byteSize = EventWords.byteSize(head);
        long untouchedByteOffset = EventWords.TOUCH_STRIDE_BYTES;
        long address;
        switch (operation) {
            case Operation.MALLOC -> address = kind.malloc(byteSize);
            case Operation.CALLOC -> address = kind.calloc(1, byteSize);
            case Operation.REALLOC -> {
                address = kind.realloc(addresses[id], byteSize);
                untouchedByteOffset = EventWords.untouchedByteOffset(tail);
            }
            default -> address = kind.memalign(EventWords.byteAlignment(tail), byteSize);
        }
        addresses[id] = address;
        if (touching) {
            AddressSpace.putByte(address, (byte) 1);
            for (long offset = untouchedByteOffset; offset < byteSize; offset += EventWords.TOUCH_STRIDE_BYTES) {
                AddressSpace.putByte(address + offset, (byte) 1);
            }
        }
    }

    @Override
    public void freeAll(int[] ids) {
        try {
            for (int id : ids) {
                kind.free(addresses[id]);
            }
        } catch (RuntimeException e) {
            throw ReplayException.afterLastEvent(e);
        }
    }
}
