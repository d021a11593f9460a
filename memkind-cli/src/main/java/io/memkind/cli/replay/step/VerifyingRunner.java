package io.memkind.cli.replay.step;

import io.memkind.cli.trace.EventWords;
import io.memkind.cli.trace.Operation;

/**
 * Runs events and checks all that a heap promises: alignment, zeroed memory, no two live blocks over one another, and
 * that every byte of every block stays as it was written.
 */
public final class VerifyingRunner implements EventRunner {
    private static final long MAX_NATURAL_ALIGNMENT_BYTES = 16;

    private final BlockAllocator allocator;
    private final LiveBlockMap liveBlocks = new LiveBlockMap();
    private final long[] addresses;
    /** 0 when there is no block. */
    private final long[] byteSizes;
    /** Object numbers by slot. */
    private final int[] objects;

    private final boolean idsAreObjects;
    private int nextObject;

    /**
     * Makes a runner without blocks.
     *
     * @param allocator what to allocate from
     * @param idCount the number of slots or objects
     * @param idsAreObjects whether the ids of events are object numbers already, as threaded programs need it; otherwise
     *     objects are numbered here, by their order of allocation, and only one thread may run events
     */
    public VerifyingRunner(BlockAllocator allocator, int idCount, boolean idsAreObjects) {
        this.allocator = allocator;
        this.addresses = new long[idCount];
        this.byteSizes = new long[idCount];
        this.objects = new int[idsAreObjects ? 0 : idCount];
        this.idsAreObjects = idsAreObjects;
    }

    @Override
    public void run(long[] words, int from, int to, int basePosition) {
        int event = from;
        try {
            for (; event < to; event++) {
                runEvent(words[2 * event], words[2 * event + 1]);
            }
        } catch (RuntimeException e) {
            throw new EventFailure(basePosition + event, e);
        }
    }

    private void runEvent(long head, long tail) {
        int id = EventWords.id(tail);
        int operation = EventWords.operation(head);
        long byteSize = EventWords.byteSize(head);
        if (operation == Operation.FREE) {
            free(id);
        } else if (operation == Operation.REALLOC) {
            reallocate(id, byteSize);
        } else {
            allocate(id, operation, tail, byteSize);
        }
    }

    private void allocate(int id, int operation, long tail, long byteSize) {
        if (!idsAreObjects) {
            objects[id] = nextObject++;
        }
        long byteAlignment = naturalAlignment(byteSize);
        long address;
        if (operation == Operation.ALIGNED) {
            byteAlignment = EventWords.byteAlignment(tail);
            address = allocator.memalign(byteAlignment, byteSize);
        } else if (operation == Operation.CALLOC) {
            address = allocator.calloc(byteSize);
        } else {
            address = allocator.malloc(byteSize);
        }
        accept(id, operation, address, byteSize, byteAlignment);
        if (operation == Operation.CALLOC) {
            long offset = BlockPattern.firstNonZero(address, byteSize);
            if (offset >= 0) {
                byte found = AddressSpace.getByte(address + offset);
                throw failure(id, operation, address, byteSize, "byte " + offset + " should be 00, is " + hex(found));
            }
        }
        BlockPattern.write(object(id), address, 0, byteSize);
    }

    private void reallocate(int id, long byteSize) {
        long oldByteSize = byteSizes[id];
        checkContent(id, Operation.REALLOC, addresses[id], oldByteSize, "before");
        // Released before, not after: as soon as the heap has moved it, another thread may get the old block.
        liveBlocks.release(addresses[id], oldByteSize);
        byteSizes[id] = 0;
        long address = allocator.realloc(addresses[id], byteSize);
        accept(id, Operation.REALLOC, address, byteSize, naturalAlignment(byteSize));
        long keptByteSize = Math.min(oldByteSize, byteSize);
        checkContent(id, Operation.REALLOC, address, keptByteSize, "after");
        BlockPattern.write(object(id), address, keptByteSize, byteSize);
    }

    @Override
    public void freeAll(int[] ids) {
        try {
            for (int id : ids) {
                free(id);
            }
        } catch (RuntimeException e) {
            throw ReplayException.afterLastEvent(e);
        }
        nextObject = 0;
    }

    private void free(int id) {
        long byteSize = byteSizes[id];
        checkContent(id, Operation.FREE, addresses[id], byteSize, "before");
        liveBlocks.release(addresses[id], byteSize);
        byteSizes[id] = 0;
        allocator.free(addresses[id]);
    }

    private static long naturalAlignment(long byteSize) {
        return byteSize <= 8 ? 8 : MAX_NATURAL_ALIGNMENT_BYTES;
    }

    private void accept(int id, int operation, long address, long byteSize, long byteAlignment) {
        if (address <= 0 || (address & (byteAlignment - 1)) != 0) {
            throw failure(id, operation, address, byteSize, "should be aligned to " + byteAlignment + " bytes");
        }
        long conflict = liveBlocks.claim(address, byteSize);
        if (conflict >= 0) {
            String owner = ownerOf(conflict);
            throw failure(id, operation, address, byteSize, "should overlap no live block, overlaps " + owner);
        }
        addresses[id] = address;
        byteSizes[id] = byteSize;
    }

    /** Best effort: with threads at work, the other block may be changing. */
    private String ownerOf(long address) {
        for (int id = 0; id < addresses.length; id++) {
            if (address >= addresses[id] && address < addresses[id] + byteSizes[id]) {
                return "object " + object(id) + " (" + byteSizes[id] + " bytes at 0x" + Long.toHexString(addresses[id])
                        + ")";
            }
        }
        return "another at 0x" + Long.toHexString(address);
    }

    private void checkContent(int id, int operation, long address, long byteSize, String when) {
        long offset = BlockPattern.firstDifference(object(id), address, byteSize);
        if (offset >= 0) {
            String expected = hex(BlockPattern.expected(object(id), offset));
            String found = hex(AddressSpace.getByte(address + offset));
            String what = "byte " + offset + " should be " + expected + " " + when + " the call, is " + found;
            throw failure(id, operation, address, byteSize, what);
        }
    }

    private int object(int id) {
        return idsAreObjects ? id : objects[id];
    }

    private static String hex(byte value) {
        return String.format("%02x", value);
    }

    private VerificationException failure(int id, int operation, long address, long byteSize, String what) {
        return new VerificationException("verification failed: " + Operation.nameOf(operation) + " of object "
                + object(id) + ", block of " + byteSize + " bytes at 0x" + Long.toHexString(address) + ": " + what);
    }
}
