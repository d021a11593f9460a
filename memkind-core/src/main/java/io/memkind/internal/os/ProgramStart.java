package io.memkind.internal.os;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.util.List;

/**
 * Replaces the program of this process by another, which inherits the memory policy of the calling thread. To be called on a
 * thread that ends if it fails.
 */
public final class ProgramStart {
    private static final MethodHandle EXECVP =
            Syscalls.link("execvp", FunctionDescriptor.of(JAVA_INT, ADDRESS, ADDRESS), Syscalls.ERRNO);
    private static final MethodHandle PTHREAD_SIGMASK =
            Syscalls.link("pthread_sigmask", FunctionDescriptor.of(JAVA_INT, JAVA_INT, ADDRESS, ADDRESS));

    private static final int SIG_SETMASK = 2;
    private static final int SIGSET_BYTES = 128; // sizeof(sigset_t) of glibc and musl
    /* prctl(2), include/uapi/linux/prctl.h */
    private static final int PR_SET_THP_DISABLE = 41;
    private static final int PR_GET_THP_DISABLE = 42;

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

    /** prctl(2) with PR_GET_THP_DISABLE: whether the process has no transparent huge pages; -errno if unknown. */
    public static int transparentHugePagesDisabled() {
        return (int) Syscalls.syscall(Platform.current().prctlNumber(), PR_GET_THP_DISABLE, 0, 0);
    }

    /** prctl(2) with PR_SET_THP_DISABLE, which holds for the process and is inherited; returns 0 or -errno. */
    public static int disableTransparentHugePages(boolean disable) {
        return (int) Syscalls.syscall(Platform.current().prctlNumber(), PR_SET_THP_DISABLE, disable ? 1 : 0, 0);
    }

    /**
     * execvp(3). A program inherits which signals the thread blocks, and open files: those signals are blocked that were when
     * the JVM was started, and the JVM's files are closed.
     *
     * @param command the program, which is searched for in PATH, and its arguments
     * @return -errno, with the thread's signals as they have to be for the program; does not return when it succeeds
     */
    public static int exec(List<String> command) {
        List<Integer> withheld = InheritedFiles.withholdThoseOfTheJvm();
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment signals = arena.allocate(SIGSET_BYTES, Long.BYTES);
            signals.set(JAVA_LONG, 0, SignalMask.atStart());
            MemorySegment arguments = arena.allocate(ADDRESS, command.size() + 1L);
            List<byte[]> words = CommandBytes.of(command);
            for (int i = 0; i < words.size(); i++) {
                MemorySegment word = arena.allocate(words.get(i).length + 1L);
                MemorySegment.copy(words.get(i), 0, word, JAVA_BYTE, 0, words.get(i).length);
                arguments.setAtIndex(ADDRESS, i, word);
            }
            MemorySegment state = arena.allocate(Syscalls.STATE_LAYOUT);
            int unused = (int) PTHREAD_SIGMASK.invokeExact(SIG_SETMASK, signals, MemorySegment.NULL);
            unused |= (int) EXECVP.invokeExact(state, arguments.getAtIndex(ADDRESS, 0), arguments);
            return -Syscalls.errno(state);
        } catch (Throwable t) {
            throw Syscalls.unexpected("execvp", t);
        } finally {
            InheritedFiles.pass(withheld);
        }
    }
}
