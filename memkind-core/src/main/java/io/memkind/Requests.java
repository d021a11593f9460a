package io.memkind;

/** Checks what callers ask for. */
final class Requests {
    private Requests() {}

    /** The size to serve: at least 1. */
    static long sizeOf(long byteSize) {
        if (byteSize > 0) {
            return byteSize;
        }
        if (byteSize == 0) {
            return 1;
        }
        throw new IllegalArgumentException("size " + byteSize + " is negative");
    }

    /** The size to serve for {@code count} elements: at least 1. */
    static long productOf(long count, long byteSize) {
        if ((count | byteSize) >>> 31 == 0) {
            return sizeOf(count * byteSize);
        }
        return checkedProduct(count, byteSize);
    }

    private static long checkedProduct(long count, long byteSize) {
        if (count < 0 || byteSize < 0) {
            throw new IllegalArgumentException("count " + count + " or size " + byteSize + " is negative");
        }
        if (Math.multiplyHigh(count, byteSize) != 0 || count * byteSize < 0) {
            throw new IllegalArgumentException("count " + count + " times size " + byteSize + " overflows");
        }
        return sizeOf(count * byteSize);
    }

    /** The name of a kind is not blank. */
    static void checkName(String name) {
        if (name.isBlank()) {
            throw new IllegalArgumentException("the name of a kind must not be blank");
        }
    }

    static void checkAlignment(long byteAlignment) {
        if (byteAlignment <= 0 || (byteAlignment & (byteAlignment - 1)) != 0) {
            throw new IllegalArgumentException("alignment " + byteAlignment + " is not a positive power of two");
        }
    }
}
