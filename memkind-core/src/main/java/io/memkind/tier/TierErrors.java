package io.memkind.tier;

import io.memkind.InvalidAddressException;
import io.memkind.MemoryKind;
import java.lang.foreign.MemorySegment;
import java.util.Optional;

/** Checks what callers ask for, and makes the exceptions, off the fast paths. */
final class TierErrors {
    private TierErrors() {}

    static void checkSize(long byteSize) {
        if (byteSize < 0) {
            throw new IllegalArgumentException("size " + byteSize + " is negative");
        }
    }

    /** The size of {@code count} elements. */
    static long productOf(long count, long byteSize) {
        if (count < 0 || byteSize < 0) {
            throw new IllegalArgumentException("count " + count + " or size " + byteSize + " is negative");
        }
        if (Math.multiplyHigh(count, byteSize) != 0 || count * byteSize < 0) {
            throw new IllegalArgumentException("count " + count + " times size " + byteSize + " overflows");
        }
        return count * byteSize;
    }

    static IllegalStateException closed(String memory) {
        return new IllegalStateException(memory + " is closed");
    }

    static InvalidAddressException notOurs(String memory, long address) {
        Optional<MemoryKind> kind = MemoryKind.detect(address);
        String found = kind.isPresent()
                ? "it lies in a block of " + kind.get().name()
                        + " that starts elsewhere or was allocated otherwise; free it where it came from"
                : "no live block is there: it is free already, or was never handed out";
        return new InvalidAddressException(
                "no live block of " + memory + " starts at " + hex(address) + ": " + found, address);
    }

    static InvalidAddressException wrongSize(String memory, long address, long byteSize, long wrongByteSize) {
        return new InvalidAddressException(
                "the block of " + memory + " at " + hex(address) + " has " + byteSize + " bytes, not " + wrongByteSize,
                address);
    }

    static InvalidAddressException onTheJavaHeap(String memory, MemorySegment segment) {
        return new InvalidAddressException("the segment is on the Java heap, not in " + memory, segment.address());
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
