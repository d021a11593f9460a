package io.memkind.tbb.os;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** Links functions of the C library. */
@SuppressWarnings("restricted")
final class Natives {
    static final Linker LINKER = Linker.nativeLinker();

    private Natives() {}

    static MethodHandle ofC(String name, FunctionDescriptor descriptor) {
        return LINKER.downcallHandle(LINKER.defaultLookup().findOrThrow(name), descriptor);
    }

    /** What a call threw that throws nothing. */
    static RuntimeException unexpected(String call, Throwable e) {
        if (e instanceof Error error) {
            throw error;
        }
        return new IllegalStateException(call + " failed", e);
    }
}
