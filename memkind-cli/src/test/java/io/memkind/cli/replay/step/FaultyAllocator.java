package io.memkind.cli.replay.step;

/** An allocator that does one thing wrong, once, after a number of calls in which it could have. */
public final class FaultyAllocator extends ReferenceAllocator {
    public enum Fault {
        NONE(""),
        NULL_ADDRESS("should be aligned"),
        MISALIGNED_BY_EIGHT("should be aligned to 16 bytes"),
        ASKED_ALIGNMENT_MISSED("should be aligned to"),
        SAME_BLOCK_TWICE("should overlap no live block, overlaps object"),
        OVERLAP_OF_THE_LAST_BYTES("should overlap no live block, overlaps object"),
        FIRST_BYTE_NOT_ZEROED("byte 0 should be 00, is ff"),
        LAST_BYTE_NOT_ZEROED("should be 00, is ff"),
        REALLOC_LOSES_THE_LAST_BYTE("after the call"),
        REALLOC_OVER_ANOTHER("should overlap no live block, overlaps object"),
        SCRIBBLE_IN_A_LIVE_BLOCK("before the call");

        private final String line;

        Fault(String line) {
            this.line = line;
        }

        /** Part of what the verifier must say. */
        public String line() {
            return line;
        }
    }

    private final Fault fault;
    private int soundCallCount;
    private long liveAddress;

    public FaultyAllocator(Fault fault, int soundCallCount) {
        this.fault = fault;
        this.soundCallCount = soundCallCount;
    }

    private boolean isTimeFor(Fault candidate) {
        return fault == candidate && soundCallCount-- == 0;
    }

    @Override
    public synchronized long malloc(long byteSize) {
        if (isTimeFor(Fault.NULL_ADDRESS)) {
            return 0;
        }
        if (byteSize > 8 && isTimeFor(Fault.MISALIGNED_BY_EIGHT)) {
            return super.malloc(byteSize + 8) + 8;
        }
        if (liveAddress != 0 && isTimeFor(Fault.SAME_BLOCK_TWICE)) {
            return liveAddress;
        }
        if (liveAddress != 0 && byteSizeOf(liveAddress) > 16 && isTimeFor(Fault.OVERLAP_OF_THE_LAST_BYTES)) {
            return liveAddress + ((byteSizeOf(liveAddress) - 1) & -16);
        }
        liveAddress = super.malloc(byteSize);
        return liveAddress;
    }

    @Override
    public synchronized long calloc(long byteSize) {
        long address = super.calloc(byteSize);
        if (isTimeFor(Fault.FIRST_BYTE_NOT_ZEROED)) {
            AddressSpace.putByte(address, (byte) 0xff);
        } else if (isTimeFor(Fault.LAST_BYTE_NOT_ZEROED)) {
            AddressSpace.putByte(address + byteSize - 1, (byte) 0xff);
        }
        return address;
    }

    @Override
    public synchronized long memalign(long byteAlignment, long byteSize) {
        if (byteAlignment > 16 && isTimeFor(Fault.ASKED_ALIGNMENT_MISSED)) {
            return super.memalign(byteAlignment, byteSize + byteAlignment) + byteAlignment / 2;
        }
        return super.memalign(byteAlignment, byteSize);
    }

    @Override
    public synchronized long realloc(long address, long byteSize) {
        long keptByteSize = Math.min(byteSize, byteSizeOf(address));
        if (liveAddress != 0 && liveAddress != address && isTimeFor(Fault.REALLOC_OVER_ANOTHER)) {
            return liveAddress;
        }
        long moved = super.realloc(address, byteSize);
        if (isTimeFor(Fault.REALLOC_LOSES_THE_LAST_BYTE)) {
            long last = moved + keptByteSize - 1;
            AddressSpace.putByte(last, (byte) (AddressSpace.getByte(last) ^ 0x10));
        }
        return moved;
    }

    @Override
    public synchronized void free(long address) {
        if (liveAddress == address) {
            liveAddress = 0;
        } else if (liveAddress != 0 && isTimeFor(Fault.SCRIBBLE_IN_A_LIVE_BLOCK)) {
            long middle = liveAddress + byteSizeOf(liveAddress) / 2;
            AddressSpace.putByte(middle, (byte) (AddressSpace.getByte(middle) ^ 1));
        }
        super.free(address);
    }
}
