package io.memkind.internal.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/** Replaces the program of this process by another, which inherits the memory policy of the calling thread. */
public final class ProgramStart {
    private static final MethodHandle EXECVP =
            Syscalls.link("execvp", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS), Syscalls.ERRNO);
    private static final MethodHandle SIGEMPTYSET =
            Syscalls.link("sigemptyset", FunctionDescriptor.of(JAVA_INT, ADDRESS));
    private static final MethodHandle PTHREAD_SIGMASK =
            Syscalls.link("pthread_sigmask", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    private static final int SIG_SETMASK = 2;
    private static final int SIGSET_BYTES = 128; // sizeof(sigset_t) of glibc and musl
    /* prctl(2), include/uapi/linux/prctl.h */
    private static final int PR_SET_THP_DISABLE = 41;

    private ProgramStart() {}

    /**
     * set_mempolicy(2) for the calling thread.
     *
     * @param mode a mode of {@link MemoryPolicy}
     * @param nodeMask bit n of the array's concatenation stands for node n
     * @return 0 or -errno
     */
    public static int setPolicy(int mode, long[] nodeMask) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment mask = arena.allocateFrom(JAVA_LONG, nodeMask);
            return (int) Syscalls.syscall(
                    Platform.current().setMempolicyNumber(), mode, mask.address(), 64L * nodeMask.length + 1);
        }
    }

    /** prctl(2) with PR_SET_THP_DISABLE, which programs inherit; returns 0 or -errno. */
    public static int disableTransparentHugePages() {
        return (int) Syscalls.syscall(Platform.current().prctlNumber(), PR_SET_THP_DISABLE, 1, 0);
    }

    /**
     * execvp(3). A program inherits which signals the thread blocks, and open files: all signals are unblocked before,
     * and the JVM's files are closed.
     *
     * @param command the program, which is searched for in PATH, and its arguments
     * @return -errno; does not return when it succeeds
     */
    public static int exec(List<String> command) {
        InheritedFiles.withholdThoseOfTheJvm();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment signals = arena.allocate(SIGSET_BYTES, Long.BYTES);
            MemorySegment before = arena.allocate(SIGSET_BYTES, Long.BYTES);
            int unused = (int) SIGEMPTYSET.invokeExact(signals);
            MemorySegment arguments = arena.allocate(ADDRESS, command.size() + 1L);
            for (int i = 0; i < command.size(); i++) {
                arguments.setAtIndex(ADDRESS, i, arena.allocateFrom(command.get(i)));
            }
            MemorySegment state = arena.allocate(Syscalls.STATE_LAYOUT);
            unused |= (int) PTHREAD_SIGMASK.invokeExact(SIG_SETMASK, signals, before);
            unused |= (int) EXECVP.invokeExact(state, arguments.getAtIndex(ADDRESS, 0), arguments);
            int errno = Syscalls.errno(state);
            unused |= (int) PTHREAD_SIGMASK.invokeExact(SIG_SETMASK, before, MemorySegment.NULL);
            return -errno;
        } catch (Throwable t) {
            throw Syscalls.unexpected("execvp", t);
        }
    }
}
