package io.memkind.internal.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.Charset;

/** The downcalls that concern files, as {@link Syscalls}: a failed call comes back as {@code -errno}. */
final class FileSyscalls {
    private static final MethodHandle OPEN = Syscalls.link(
            "open",
            FunctionDescriptor.of(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT),
            Syscalls.ERRNO,
            Linker.Option.firstVariadicArg(2));
    private static final MethodHandle UNLINK =
            Syscalls.link("unlink", FunctionDescriptor.of(JAVA_INT, ADDRESS), Syscalls.ERRNO);
    private static final MethodHandle CLOSE =
            Syscalls.link("close", FunctionDescriptor.of(JAVA_INT, JAVA_INT), Syscalls.ERRNO);
    private static final MethodHandle FTRUNCATE =
            Syscalls.link("ftruncate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_LONG), Syscalls.ERRNO);
    private static final MethodHandle FALLOCATE = Syscalls.link(
            "fallocate", FunctionDescriptor.of(JAVA_INT, JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG), Syscalls.ERRNO);
    private static final MethodHandle PWRITE = Syscalls.link(
            "pwrite", FunctionDescriptor.of(JAVA_LONG, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_LONG), Syscalls.ERRNO);
    private static final MethodHandle FSTATFS =
            Syscalls.link("fstatfs", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS), Syscalls.ERRNO);

    /* The encoding in which the JDK itself hands file names to the system. */
    private static final Charset FILE_NAMES = Charset.forName(
            System.getProperty("sun.jnu.encoding", Charset.defaultCharset().name()));

    private FileSyscalls() {}

    static int open(String path, int flags, int mode) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment state = arena.allocate(Syscalls.STATE_LAYOUT);
            int file = (int) OPEN.invokeExact(state, arena.allocateFrom(path, FILE_NAMES), flags, mode);
            return file < 0 ? -Syscalls.errno(state) : file;
        } catch (Throwable t) {
            throw Syscalls.unexpected("open", t);
        }
    }

    static int unlink(String path) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment state = arena.allocate(Syscalls.STATE_LAYOUT);
            return (int) UNLINK.invokeExact(state, arena.allocateFrom(path, FILE_NAMES)) == 0
                    ? 0
                    : -Syscalls.errno(state);
        } catch (Throwable t) {
            throw Syscalls.unexpected("unlink", t);
        }
    }

    static int close(int file) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment state = arena.allocate(Syscalls.STATE_LAYOUT);
            return (int) CLOSE.invokeExact(state, file) == 0 ? 0 : -Syscalls.errno(state);
        } catch (Throwable t) {
            throw Syscalls.unexpected("close", t);
        }
    }

    static int ftruncate(int file, long byteSize) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment state = arena.allocate(Syscalls.STATE_LAYOUT);
            return (int) FTRUNCATE.invokeExact(state, file, byteSize) == 0 ? 0 : -Syscalls.errno(state);
        } catch (Throwable t) {
            throw Syscalls.unexpected("ftruncate", t);
        }
    }

    static int fallocate(int file, int mode, long offset, long byteSize) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment state = arena.allocate(Syscalls.STATE_LAYOUT);
            return (int) FALLOCATE.invokeExact(state, file, mode, offset, byteSize) == 0 ? 0 : -Syscalls.errno(state);
        } catch (Throwable t) {
            throw Syscalls.unexpected("fallocate", t);
        }
    }

    static long pwrite(int file, long address, long byteSize, long offset) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment state = arena.allocate(Syscalls.STATE_LAYOUT);
            long written = (long) PWRITE.invokeExact(state, file, address, byteSize, offset);
            return written < 0 ? -Syscalls.errno(state) : written;
        } catch (Throwable t) {
            throw Syscalls.unexpected("pwrite", t);
        }
    }

    static int fstatfs(int file, MemorySegment statfs) {
        try (Arena arena = CallScratch.open()) {
            MemorySegment state = arena.allocate(Syscalls.STATE_LAYOUT);
            return (int) FSTATFS.invokeExact(state, file, statfs) == 0 ? 0 : -Syscalls.errno(state);
        } catch (Throwable t) {
            throw Syscalls.unexpected("fstatfs", t);
        }
    }
}
