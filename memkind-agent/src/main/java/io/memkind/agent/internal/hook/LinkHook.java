package io.memkind.agent.internal.hook;

import java.lang.foreign.AddressLayout;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * Sees each downcall handle that is linked to a symbol. One to malloc(3) and its like, as Netty has when native access is granted,
 * is replaced by one that asks the hooks first; others are left as they are.
 */
final class LinkHook implements BiFunction<MethodHandle, Object[], MethodHandle> {
    private final LibcHandles handles;
    private final Map<Long, String> functions = new HashMap<>();

    @SuppressWarnings("restricted")
    LinkHook(MemoryHooks hooks) {
        this.handles = new LibcHandles(hooks);
        SymbolLookup libc = Linker.nativeLinker().defaultLookup();
        for (String name : LibcHandles.NAMES) {
            libc.find(name).ifPresent(symbol -> functions.put(symbol.address(), name));
        }
    }

    @Override
    public MethodHandle apply(MethodHandle handle, Object[] symbolAndDescriptor) {
        String name = functions.get(((MemorySegment) symbolAndDescriptor[0]).address());
        if (name == null) {
            return handle;
        }
        FunctionDescriptor descriptor = (FunctionDescriptor) symbolAndDescriptor[1];
        MethodHandle replaced = handles.replace(name, handle, targetByteSize(descriptor));
        return replaced == null ? handle : replaced;
    }

    /* How large the JDK makes a segment that a native function returns. */
    private static long targetByteSize(FunctionDescriptor descriptor) {
        @Nullable MemoryLayout result = descriptor.returnLayout().orElse(null);
        return result instanceof AddressLayout address
                ? address.targetLayout().map(MemoryLayout::byteSize).orElse(0L)
                : 0;
    }
}
