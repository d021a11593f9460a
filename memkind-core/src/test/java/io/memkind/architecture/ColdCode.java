package io.memkind.architecture;

import java.util.function.LongSupplier;

/** Methods that {@link BytecodeBudget} is tried on. */
final class ColdCode {
    private ColdCode() {}

    static long plain(long value) {
        return value * 31 + 7;
    }

    static long thrown(long value) {
        if (value < 0) {
            throw new IllegalArgumentException(Long.toString(value));
        }
        return value;
    }

    static Object object() {
        return new Object();
    }

    static long[] array() {
        return new long[2];
    }

    static String concatenation(long value) {
        return "value " + value;
    }

    static LongSupplier lambda(long value) {
        return () -> value;
    }

    static long lock(Object monitor) {
        synchronized (monitor) {
            return System.identityHashCode(monitor);
        }
    }

    static long kept(long value) {
        RuntimeException kept = new IllegalArgumentException();
        if (value < 0) {
            throw kept;
        }
        return value;
    }

    static long nested(long value) {
        if (value < 0) {
            throw new IllegalArgumentException(
                    new StringBuilder("value ").append(value).toString());
        }
        return value;
    }
}
