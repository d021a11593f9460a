package io.memkind.cli.replay.step;

/**
 * The content that a verifying replay gives to a block: the word at byte offset o of object n is a mix of n and o, so
 * neither another object's content nor the right content at a wrong offset passes for it.
 */
final class BlockPattern {
    private static final long OFFSET_FACTOR = 0x9E3779B97F4A7C15L;

    private BlockPattern() {}

    private static long key(long object) {
        long mixed = (object + 1) * 0xBF58476D1CE4E5B9L;
        return (mixed ^ (mixed >>> 32)) * 0x94D049BB133111EBL;
    }

    private static long word(long key, long byteOffset) {
        return key ^ byteOffset * OFFSET_FACTOR;
    }

    private static byte tailByte(long key, long byteOffset) {
        return (byte) (word(key, byteOffset & -8) >>> (8 * (byteOffset & 7)));
    }

    /** Writes the bytes from an offset, which is rounded down to a multiple of 8, to the end of the block. */
    static void write(long object, long address, long fromByteOffset, long byteSize) {
        long key = key(object);
        long offset = fromByteOffset & -8;
        long wordsEnd = byteSize & -8;
        for (; offset < wordsEnd; offset += 8) {
            AddressSpace.putLong(address + offset, word(key, offset));
        }
        for (; offset < byteSize; offset++) {
            AddressSpace.putByte(address + offset, tailByte(key, offset));
        }
    }

    /** The offset of the first wrong byte of the block's first bytes, or -1 when all are right. */
    static long firstDifference(long object, long address, long byteSize) {
        long key = key(object);
        long wordsEnd = byteSize & -8;
        long offset = 0;
        while (offset < wordsEnd && AddressSpace.getLong(address + offset) == word(key, offset)) {
            offset += 8;
        }
        while (offset < byteSize && AddressSpace.getByte(address + offset) == tailByte(key, offset)) {
            offset++;
        }
        return offset < byteSize ? offset : -1;
    }

    /** The offset of the first byte that is not zero, or -1 when all are. */
    static long firstNonZero(long address, long byteSize) {
        long wordsEnd = byteSize & -8;
        long offset = 0;
        while (offset < wordsEnd && AddressSpace.getLong(address + offset) == 0) {
            offset += 8;
        }
        while (offset < byteSize && AddressSpace.getByte(address + offset) == 0) {
            offset++;
        }
        return offset < byteSize ? offset : -1;
    }

    static byte expected(long object, long byteOffset) {
        return tailByte(key(object), byteOffset);
    }
}
