package io.memkind.agent.internal.hook;

import java.lang.instrument.Instrumentation;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.Map;
import java.util.Set;

/** What the agent reaches in java.base that is not exported. */
public final class JavaBase {
    static final String MISC = "jdk.internal.misc";
    private static final String ACCESS = "jdk.internal.access";

    private JavaBase() {}

    /**
     * Opens what the agent needs of java.base to its own module.
     *
     * @param instrumentation of the JVM
     */
    public static void open(Instrumentation instrumentation) {
        Set<Module> own = Set.of(JavaBase.class.getModule());
        instrumentation.redefineModule(
                Object.class.getModule(), Set.of(), Map.of(ACCESS, own), Map.of(MISC, own), Set.of(), Map.of());
    }

    /**
     * Lets modules make native calls, without the warning that the JVM gives otherwise. Only these: with native access for the
     * class path, libraries there choose other ways to get memory.
     *
     * @param modules named ones
     * @throws ReflectiveOperationException if this JDK has no such method
     */
    public static void enableNativeAccess(Module... modules) throws ReflectiveOperationException {
        Object access = Class.forName(ACCESS + ".SharedSecrets")
                .getMethod("getJavaLangAccess")
                .invoke(null);
        for (Module module : modules) {
            Class.forName(ACCESS + ".JavaLangAccess")
                    .getMethod("addEnableNativeAccess", Module.class)
                    .invoke(access, module);
        }
    }

    static Class<?> unsafe() throws ClassNotFoundException {
        return Class.forName(MISC + ".Unsafe");
    }

    static MethodHandles.Lookup lookup() throws ReflectiveOperationException {
        return MethodHandles.privateLookupIn(unsafe(), MethodHandles.lookup());
    }

    /**
     * The JDK's method that the hooks are in, for those who have them decline.
     *
     * @return a function from a size in bytes to an address
     * @throws ReflectiveOperationException if this JDK has no such method
     */
    public static MethodHandle allocateMemory() throws ReflectiveOperationException {
        MethodHandles.Lookup lookup = lookup();
        Object instance = unsafe().getMethod("getUnsafe").invoke(null);
        return lookup.findVirtual(unsafe(), "allocateMemory", MethodType.methodType(long.class, long.class))
                .bindTo(instance);
    }
}
