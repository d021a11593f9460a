package io.memkind.tbb.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/** Keys of thread-specific data, pthread_key_create(3p). The C library gives the lowest number that is free. */
public final class ThreadKeys {
    private static final MethodHandle CREATE =
            Natives.ofC("pthread_key_create", FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_LONG));
    private static final MethodHandle DELETE =
            Natives.ofC("pthread_key_delete", FunctionDescriptor.of(JAVA_INT, JAVA_INT));
    private static final MethodHandle GET =
            Natives.ofC("pthread_getspecific", FunctionDescriptor.of(JAVA_LONG, JAVA_INT));
    private static final long NO_DESTRUCTOR = 0;

    private ThreadKeys() {}

    /** {@return the key that the next to create one gets, unless another is faster; -1 if there is none} */
    public static int nextFree() {
        int key = create();
        if (key >= 0) {
            delete(key);
        }
        return key;
    }

    /**
     * Whether the calling thread has a value for the key.
     *
     * @param key a key
     * @return true if it is not null
     */
    public static boolean hasValue(int key) {
        try {
            return (long) GET.invokeExact(key) != 0;
        } catch (Throwable e) {
            throw Natives.unexpected("pthread_getspecific", e);
        }
    }

    /**
     * Makes a key one without a destructor: no thread begins to run it after this returns.
     *
     * @param key somebody's key, which keeps its number
     * @return false if the key has gone to somebody else meanwhile
     */
    public static boolean replaceWithoutDestructor(int key) {
        delete(key);
        int created = create();
        if (created != key && created >= 0) {
            delete(created);
        }
        return created == key;
    }

    private static int create() {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment key = arena.allocate(JAVA_INT);
            return (int) CREATE.invokeExact(key, NO_DESTRUCTOR) == 0 ? key.get(JAVA_INT, 0) : -1;
        } catch (Throwable e) {
            throw Natives.unexpected("pthread_key_create", e);
        }
    }

    private static void delete(int key) {
        try {
            int ignored = (int) DELETE.invokeExact(key);
        } catch (Throwable e) {
            throw Natives.unexpected("pthread_key_delete", e);
        }
    }
}
