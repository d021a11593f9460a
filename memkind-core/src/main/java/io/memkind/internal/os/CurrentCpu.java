package io.memkind.internal.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.invoke.MethodHandle;

/** The processor that the calling thread runs on. */
public final class CurrentCpu {
    /* Answered by the vDSO or from the thread's rseq area: short, and never blocks. */
    private static final MethodHandle SCHED_GETCPU =
            Syscalls.link("sched_getcpu", FunctionDescriptor.of(JAVA_INT), Linker.Option.critical(false));

    private CurrentCpu() {}

    /**
     * sched_getcpu(3).
     *
     * @return the number of the processor; out of date as soon as the thread moves; negative if the kernel does not tell
     */
    public static int get() {
        try {
            return (int) SCHED_GETCPU.invokeExact();
        } catch (Throwable t) {
            throw Syscalls.unexpected("sched_getcpu", t);
        }
    }
}
