package io.memkind.agent.internal.hook;

import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.lang.instrument.UnmodifiableClassException;
import java.security.ProtectionDomain;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Puts the hooks into the running JVM. */
public final class HookInstaller implements ClassFileTransformer {
    private final Map<String, Integer> sites = new ConcurrentHashMap<>();

    private HookInstaller() {}

    /**
     * Installs the hooks for the rest of the JVM's life. Once in a JVM. What the hooks are asked from then on, they should decline
     * until this has returned.
     *
     * @param instrumentation of the JVM
     * @param hooks our functions
     * @throws ReflectiveOperationException if this JDK is not as the one that the agent was made for
     * @throws UnmodifiableClassException if it does not let the classes be changed
     * @throws IllegalStateException if the methods are not as expected; the classes are as they were
     */
    public static void install(Instrumentation instrumentation, MemoryHooks hooks)
            throws ReflectiveOperationException, UnmodifiableClassException {
        BridgeClasses.define(hooks, new LinkHook(hooks));
        HookInstaller installer = new HookInstaller();
        Class<?> linker = Class.forName(MethodChanges.LINKER.replace('/', '.'));
        /*
         * It stays registered: when another agent has the classes transformed anew, the JVM begins with the original ones. A block
         * of ours would be freed by free(3) then.
         */
        instrumentation.addTransformer(installer, true);
        instrumentation.retransformClasses(JavaBase.unsafe(), linker);
        if (!installer.sites.equals(MethodChanges.SITES)) {
            instrumentation.removeTransformer(installer);
            instrumentation.retransformClasses(JavaBase.unsafe(), linker);
            throw new IllegalStateException("Java " + Runtime.version()
                    + " asks for memory in other places than the agent knows: found " + installer.sites + ", not "
                    + MethodChanges.SITES);
        }
    }

    @Override
    public byte @Nullable [] transform(
            @Nullable Module module,
            @Nullable ClassLoader loader,
            @Nullable String className,
            @Nullable Class<?> redefined,
            @Nullable ProtectionDomain domain,
            byte[] bytes) {
        if (loader != null || className == null || !MethodChanges.SITES.containsKey(className)) {
            return null;
        }
        return MethodChanges.of(className, bytes, count -> sites.put(className, count));
    }
}
