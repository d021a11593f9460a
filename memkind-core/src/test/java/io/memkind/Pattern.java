package io.memkind;

import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;

/** Fills blocks with bytes that depend on a key and on the place in the block, and finds what has changed. */
public final class Pattern {
    private static final long MIX = 0x9E3779B97F4A7C15L;

    private Pattern() {}

    @SuppressWarnings("restricted")
    public static MemorySegment at(long address, long byteSize) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize);
    }

    private static long word(long key, long offset) {
        return (key + offset + 1) * MIX | 0x0101010101010101L;
    }

    public static void fill(long address, long byteSize, long key) {
        fill(at(address, byteSize), key);
    }

    public static void fill(MemorySegment block, long key) {
        long words = block.byteSize() & -8;
        for (long offset = 0; offset < words; offset += 8) {
            block.set(ValueLayout.JAVA_LONG_UNALIGNED, offset, word(key, offset));
        }
        for (long offset = words; offset < block.byteSize(); offset++) {
            block.set(ValueLayout.JAVA_BYTE, offset, (byte) word(key, offset));
        }
    }

    /** Offset of the first of {@code byteSize} bytes that is not as {@link #fill} left it; -1 if all are. */
    public static long firstDamage(long address, long byteSize, long key) {
        return firstDamage(at(address, byteSize), byteSize, key);
    }

    /** As above, where {@code block} is at least as long as the part that is compared. */
    public static long firstDamage(MemorySegment block, long byteSize, long key) {
        long words = byteSize & -8;
        for (long offset = 0; offset < words; offset += 8) {
            long difference = block.get(ValueLayout.JAVA_LONG_UNALIGNED, offset) ^ word(key, offset);
            if (difference != 0) {
                return offset + Long.numberOfTrailingZeros(difference) / 8;
            }
        }
        for (long offset = words; offset < byteSize; offset++) {
            /* The tail of a longer fill may be part of a word. */
            byte inWord = (byte) (word(key, words) >>> (8 * (offset - words)));
            byte found = block.get(ValueLayout.JAVA_BYTE, offset);
            if (found != inWord && found != (byte) word(key, offset)) {
                return offset;
            }
        }
        return -1;
    }

    /** Offset of the first byte that is not zero; -1 if all are. */
    public static long firstNonZero(long address, long byteSize) {
        return firstNonZero(at(address, byteSize));
    }

    public static long firstNonZero(MemorySegment block) {
        long words = block.byteSize() & -8;
        for (long offset = 0; offset < words; offset += 8) {
            if (block.get(ValueLayout.JAVA_LONG_UNALIGNED, offset) != 0) {
                return offset;
            }
        }
        for (long offset = words; offset < block.byteSize(); offset++) {
            if (block.get(ValueLayout.JAVA_BYTE, offset) != 0) {
                return offset;
            }
        }
        return -1;
    }
}
