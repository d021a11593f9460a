package io.memkind.agent.internal.hook;

import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Downcall handles to the C library's allocator that ask our hooks first. Addresses may be segments or longs, sizes longs or ints, as
 * the caller has linked them. Handles of other shapes, such as those that capture errno, are left alone but for those that end a
 * block's life.
 */
@SuppressWarnings("UnusedMethod") // methods are found by name
final class LibcHandles {
    static final List<String> NAMES = List.of("malloc", "calloc", "realloc", "free", "malloc_usable_size");

    private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
    private static final MethodType LONG_TO_LONG = MethodType.methodType(long.class, long.class);
    private static final MethodType LONGS_TO_LONG = MethodType.methodType(long.class, long.class, long.class);

    private final MemoryHooks hooks;

    LibcHandles(MemoryHooks hooks) {
        this.hooks = hooks;
    }

    /**
     * A handle of the same type, or null if the shape is not known.
     *
     * @param original bound to the symbol
     * @param resultByteSize the size of a segment that it returns
     */
    @Nullable MethodHandle replace(String name, MethodHandle original, long resultByteSize) {
        try {
            return switch (name) {
                case "malloc" -> allocating(original, "malloc", LONG_TO_LONG, resultByteSize);
                case "calloc" -> allocating(original, "calloc", LONGS_TO_LONG, resultByteSize);
                case "realloc" -> ofBlock(original, "realloc", LONGS_TO_LONG, resultByteSize);
                case "malloc_usable_size" -> ofBlock(original, "usableSize", LONG_TO_LONG, resultByteSize);
                default -> ofBlock(original, "free", MethodType.methodType(void.class, long.class), resultByteSize);
            };
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /* The replacement calls the original one when the hooks decline. */
    private @Nullable MethodHandle allocating(
            MethodHandle original, String method, MethodType type, long resultByteSize)
            throws ReflectiveOperationException {
        if (!isShape(original.type(), type, 0)
                || original.type().parameterList().contains(MemorySegment.class)) {
            return null;
        }
        MethodHandle plain = original;
        if (original.type().returnType() == MemorySegment.class) {
            plain = MethodHandles.filterReturnValue(original, ADDRESS_OF);
        }
        plain = MethodHandles.explicitCastArguments(plain, type);
        MethodHandle ours = LOOKUP.findVirtual(
                        LibcHandles.class, method, type.insertParameterTypes(0, MethodHandle.class))
                .bindTo(this)
                .bindTo(plain);
        return as(original.type(), ours, resultByteSize);
    }

    /* The replacement is for our blocks; others go to the original one. The address comes first, behind a capture of errno. */
    private @Nullable MethodHandle ofBlock(MethodHandle original, String method, MethodType type, long resultByteSize)
            throws ReflectiveOperationException {
        int leading = original.type().parameterCount() - type.parameterCount();
        if (leading < 0 || leading > 1 || !isShape(original.type(), type, leading)) {
            return null;
        }
        MethodType whole = original.type();
        MethodType own = whole.dropParameterTypes(0, leading);
        MethodHandle ours =
                as(own, LOOKUP.findVirtual(LibcHandles.class, method, type).bindTo(this), resultByteSize);
        MethodHandle owns = LOOKUP.findVirtual(
                        LibcHandles.class, "owns", MethodType.methodType(boolean.class, long.class))
                .bindTo(this);
        owns = as(MethodType.methodType(boolean.class, own.parameterType(0)), owns, 0);
        List<Class<?>> dropped = whole.parameterList().subList(0, leading);
        return MethodHandles.guardWithTest(
                MethodHandles.dropArguments(owns, 0, dropped), MethodHandles.dropArguments(ours, 0, dropped), original);
    }

    private static boolean isShape(MethodType found, MethodType wanted, int leading) {
        if (found.parameterCount() != wanted.parameterCount() + leading
                || (wanted.returnType() == void.class) != (found.returnType() == void.class)) {
            return false;
        }
        for (Class<?> type : found.dropParameterTypes(0, leading).parameterList()) {
            if (type != long.class && type != int.class && type != MemorySegment.class) {
                return false;
            }
        }
        Class<?> result = found.returnType();
        return result == void.class || result == long.class || result == MemorySegment.class || result == int.class;
    }

    private static final MethodHandle ADDRESS_OF =
            find("addressOf", MethodType.methodType(long.class, MemorySegment.class));
    private static final MethodHandle IS_OURS =
            find("addressIfNative", MethodType.methodType(long.class, MemorySegment.class));
    private static final MethodHandle SEGMENT_AT =
            find("segmentAt", MethodType.methodType(MemorySegment.class, long.class, long.class));

    private static MethodHandle find(String name, MethodType type) {
        try {
            return LOOKUP.findStatic(LibcHandles.class, name, type);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(e.getMessage(), e);
        }
    }

    /* Adapts a handle of longs to a type in which each of them may be a segment or an int. */
    private static MethodHandle as(MethodType type, MethodHandle handle, long resultByteSize) {
        MethodHandle adapted = handle;
        for (int i = 0; i < type.parameterCount(); i++) {
            if (type.parameterType(i) == MemorySegment.class) {
                adapted = MethodHandles.filterArguments(adapted, i, IS_OURS);
            }
        }
        if (type.returnType() == MemorySegment.class) {
            adapted = MethodHandles.filterReturnValue(
                    adapted, MethodHandles.insertArguments(SEGMENT_AT, 1, resultByteSize));
        }
        return MethodHandles.explicitCastArguments(adapted, type);
    }

    private static long addressOf(MemorySegment segment) {
        return segment.address();
    }

    /* 0 is nobody's block: the original handle then refuses the segment as ever. */
    private static long addressIfNative(MemorySegment segment) {
        return segment.isNative() && segment.scope().isAlive() ? segment.address() : 0;
    }

    @SuppressWarnings("restricted")
    private static MemorySegment segmentAt(long address, long byteSize) {
        return MemorySegment.ofAddress(address).reinterpret(byteSize);
    }

    /* Those below are called through handles. malloc(3) tells of a shortage by NULL. */

    private long malloc(MethodHandle original, long byteSize) throws Throwable {
        long block;
        try {
            block = hooks.allocate(byteSize);
        } catch (OutOfMemoryError e) {
            return 0;
        }
        return block != 0 ? block : (long) original.invokeExact(byteSize);
    }

    @SuppressWarnings("restricted")
    private long calloc(MethodHandle original, long count, long byteSize) throws Throwable {
        long block = 0;
        if (count > 0 && byteSize > 0 && Math.multiplyHigh(count, byteSize) == 0 && count * byteSize > 0) {
            try {
                block = hooks.allocate(count * byteSize);
            } catch (OutOfMemoryError e) {
                return 0;
            }
        }
        if (block == 0) {
            return (long) original.invokeExact(count, byteSize);
        }
        MemorySegment.ofAddress(block).reinterpret(count * byteSize).fill((byte) 0);
        return block;
    }

    private long realloc(long address, long byteSize) {
        if (byteSize == 0) { // as glibc
            hooks.free(address);
            return 0;
        }
        try {
            long block = hooks.reallocate(address, byteSize);
            return block == MemoryHooks.DECLINED ? 0 : block;
        } catch (OutOfMemoryError e) {
            return 0;
        }
    }

    private void free(long address) {
        hooks.free(address);
    }

    private long usableSize(long address) {
        return hooks.usableSize(address);
    }

    private boolean owns(long address) {
        return hooks.owns(address);
    }
}
