package io.memkind.internal.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.SymbolLookup;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;

/**
 * The downcalls into the C library. A failed call comes back as {@code -errno}.
 *
 * <p>Calls that glibc does not wrap go through syscall(2), which is variadic after its first argument.
 */
@SuppressWarnings("restricted")
final class Syscalls {
    /* Before the first downcall, so that a wrong platform is named instead of a missing symbol. */
    private static final Platform PLATFORM = Platform.current();

    private static final Linker LINKER = Linker.nativeLinker();
    private static final SymbolLookup LIBC = LINKER.defaultLookup();
    static final Linker.Option ERRNO = Linker.Option.captureCallState("errno");
    static final MemoryLayout STATE_LAYOUT = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO_HANDLE =
            STATE_LAYOUT.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private static final MethodHandle MMAP = link(
            "mmap",
            FunctionDescriptor.of(JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG),
            ERRNO);
    private static final MethodHandle MUNMAP =
            link("munmap", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG), ERRNO);
    private static final MethodHandle MADVISE =
            link("madvise", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT), ERRNO);
    private static final MethodHandle MINCORE =
            link("mincore", FunctionDescriptor.of(JAVA_INT, JAVA_LONG, JAVA_LONG, ADDRESS), ERRNO);
    private static final MethodHandle SYSCALL = link(
            "syscall",
            FunctionDescriptor.of(
                    JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG, JAVA_LONG),
            ERRNO,
            Linker.Option.firstVariadicArg(1));
    private static final MethodHandle GETPAGESIZE = link("getpagesize", FunctionDescriptor.of(JAVA_INT));

    private Syscalls() {}

    static MethodHandle link(String name, FunctionDescriptor descriptor, Linker.Option... options) {
        MemorySegment symbol = LIBC.find(name)
                .orElseThrow(
                        () -> new UnsupportedOperationException("the C library of " + PLATFORM + " has no " + name));
        return LINKER.downcallHandle(symbol, descriptor, options);
    }

    static long mmap(long byteSize, int protection, int flags) {
        return mmap(0, byteSize, protection, flags, -1, 0);
    }

    static long mmap(long hint, long byteSize, int protection, int flags, int file, long offset) {
        try (Arena arena = CallScratch.open()) {
            return mmap(arena.allocate(STATE_LAYOUT), hint, byteSize, protection, flags, file, offset);
        }
    }

    /* With memory for errno. */
    static long mmap(MemorySegment state, long hint, long byteSize, int protection, int flags, int file, long offset) {
        try {
            long address = (long) MMAP.invokeExact(state, hint, byteSize, protection, flags, file, offset);
            return address == -1 ? -errno(state) : address;
        } catch (Throwable t) {
            throw unexpected("mmap", t);
        }
    }

    static int munmap(long address, long byteSize) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment state = arena.allocate(STATE_LAYOUT);
            return (int) MUNMAP.invokeExact(state, address, byteSize) == 0 ? 0 : -errno(state);
        } catch (Throwable t) {
            throw unexpected("munmap", t);
        }
    }

    static int madvise(long address, long byteSize, int advice) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment state = arena.allocate(STATE_LAYOUT);
            return (int) MADVISE.invokeExact(state, address, byteSize, advice) == 0 ? 0 : -errno(state);
        } catch (Throwable t) {
            throw unexpected("madvise", t);
        }
    }

    static int mincore(long address, long byteSize, MemorySegment vector) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment state = arena.allocate(STATE_LAYOUT);
            return (int) MINCORE.invokeExact(state, address, byteSize, vector) == 0 ? 0 : -errno(state);
        } catch (Throwable t) {
            throw unexpected("mincore", t);
        }
    }

    static long mbind(int number, long address, long byteSize, int mode, long maskAddress, long maxNode) {
        return syscall(number, address, byteSize, mode, maskAddress, maxNode, 0);
    }

    static long movePages(int number, int count, long addresses, long status) {
        return syscall(number, 0, count, addresses, 0, status, 0);
    }

    static long syscall(int number, long first, long second, long third) {
        return syscall(number, first, second, third, 0, 0, 0);
    }

    private static long syscall(int number, long a, long b, long c, long d, long e, long f) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment state = arena.allocate(STATE_LAYOUT);
            long result = (long) SYSCALL.invokeExact(state, (long) number, a, b, c, d, e, f);
            return result == -1 ? -errno(state) : result;
        } catch (Throwable t) {
            throw unexpected("syscall " + number, t);
        }
    }

    static long pageByteSize() {
        try {
            return (int) GETPAGESIZE.invokeExact();
        } catch (Throwable t) {
            throw unexpected("getpagesize", t);
        }
    }

    static int errno(MemorySegment state) {
        return (int) ERRNO_HANDLE.get(state, 0L);
    }

    static Error unexpected(String call, Throwable t) {
        if (t instanceof Error e) {
            return e;
        }
        return new AssertionError("downcall of " + call, t);
    }
}
