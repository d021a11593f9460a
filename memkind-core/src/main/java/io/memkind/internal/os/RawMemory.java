package io.memkind.internal.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_INT_UNALIGNED;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_LONG_UNALIGNED;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.VarHandle;

/**
 * Memory at raw addresses. The caller vouches for the range: it lies in one live block, or in metadata.
 *
 * <p>The plain accessors use unaligned layouts only to spare the alignment check; addresses are aligned.
 */
public final class RawMemory {
    @SuppressWarnings("restricted")
    private static final MemorySegment ALL = MemorySegment.NULL.reinterpret(Long.MAX_VALUE);

    private static final VarHandle LONG = JAVA_LONG.varHandle().withInvokeExactBehavior();
    private static final VarHandle INT = JAVA_INT.varHandle().withInvokeExactBehavior();

    /**
     * All bits that an address can have. A base that went through this mask needs no range check: the compiler then knows
     * that it is positive and far from overflow.
     */
    public static final long ADDRESS_MASK = (1L << 48) - 1;

    private RawMemory() {}

    public static void zero(long address, long byteSize) {
        ALL.asSlice(address, byteSize).fill((byte) 0);
    }

    /** Copies between ranges that do not overlap. */
    public static void copy(long fromAddress, long toAddress, long byteSize) {
        MemorySegment.copy(ALL, fromAddress, ALL, toAddress, byteSize);
    }

    /** A segment over the range that is always alive and may be used by any thread. */
    @SuppressWarnings("restricted")
    public static MemorySegment segment(long address, long byteSize) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize);
    }

    public static long getLong(long address) {
        return ALL.get(JAVA_LONG_UNALIGNED, address);
    }

    public static void putLong(long address, long value) {
        ALL.set(JAVA_LONG_UNALIGNED, address, value);
    }

    public static int getInt(long address) {
        return ALL.get(JAVA_INT_UNALIGNED, address);
    }

    public static void putInt(long address, int value) {
        ALL.set(JAVA_INT_UNALIGNED, address, value);
    }

    public static long getLongOpaque(long address) {
        return (long) LONG.getOpaque(ALL, address);
    }

    public static long getLongAcquire(long address) {
        return (long) LONG.getAcquire(ALL, address);
    }

    public static long getAndOrLong(long address, long bits) {
        return (long) LONG.getAndBitwiseOr(ALL, address, bits);
    }

    public static long getAndSetLong(long address, long value) {
        return (long) LONG.getAndSet(ALL, address, value);
    }

    public static long getAndAndLong(long address, long bits) {
        return (long) LONG.getAndBitwiseAnd(ALL, address, bits);
    }

    public static int getAndOrInt(long address, int bits) {
        return (int) INT.getAndBitwiseOr(ALL, address, bits);
    }

    public static int getAndAndInt(long address, int bits) {
        return (int) INT.getAndBitwiseAnd(ALL, address, bits);
    }
}
