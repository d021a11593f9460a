package io.memkind.agent.it.program;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Field;

/** sun.misc.Unsafe, by handles: javac warns of the class itself in a way that cannot be suppressed. */
final class SunUnsafe {
    private static final MethodHandle ALLOCATE = find("allocateMemory", long.class, long.class);
    private static final MethodHandle REALLOCATE = find("reallocateMemory", long.class, long.class, long.class);
    private static final MethodHandle FREE = find("freeMemory", void.class, long.class);
    private static final MethodHandle SET = find("setMemory", void.class, long.class, long.class, byte.class);
    private static final MethodHandle GET_LONG = find("getLong", long.class, long.class);
    private static final MethodHandle PUT_LONG = find("putLong", void.class, long.class, long.class);

    private SunUnsafe() {}

    private static MethodHandle find(String name, Class<?> result, Class<?>... parameters) {
        try {
            Class<?> type = Class.forName("sun.misc.Unsafe");
            Field field = type.getDeclaredField("theUnsafe");
            field.setAccessible(true);
            return MethodHandles.lookup()
                    .findVirtual(type, name, MethodType.methodType(result, parameters))
                    .bindTo(field.get(null));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    private interface Call<T> {
        T run() throws Throwable;
    }

    private static <T> T run(Call<T> call) {
        try {
            return call.run();
        } catch (RuntimeException | Error e) {
            throw e;
        } catch (Throwable t) {
            throw new IllegalStateException(t);
        }
    }

    static long allocateMemory(long byteSize) {
        return SunUnsafe.<Long>run(() -> (long) ALLOCATE.invokeExact(byteSize));
    }

    static long reallocateMemory(long address, long byteSize) {
        return SunUnsafe.<Long>run(() -> (long) REALLOCATE.invokeExact(address, byteSize));
    }

    static void freeMemory(long address) {
        run(() -> {
            FREE.invokeExact(address);
            return null;
        });
    }

    static void setMemory(long address, long byteSize, byte value) {
        run(() -> {
            SET.invokeExact(address, byteSize, value);
            return null;
        });
    }

    static long getLong(long address) {
        return SunUnsafe.<Long>run(() -> (long) GET_LONG.invokeExact(address));
    }

    static void putLong(long address, long value) {
        run(() -> {
            PUT_LONG.invokeExact(address, value);
            return null;
        });
    }
}
