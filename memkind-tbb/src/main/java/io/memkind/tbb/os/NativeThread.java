package io.memkind.tbb.os;

import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.FunctionDescriptor;
import java.lang.invoke.MethodHandle;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A thread of the system. Numbers are given anew, so its start is a part of its identity.
 *
 * @param id as of gettid(2)
 * @param startTicks when it started, as in /proc/self/task/ID/stat
 */
public record NativeThread(int id, long startTicks) {
    private static final MethodHandle GETTID = Natives.ofC("gettid", FunctionDescriptor.of(JAVA_INT));
    private static final int STATE = 0;
    private static final int START_TIME = 19;
    private static final long GONE = -1;

    /** {@return the calling thread} */
    public static NativeThread current() {
        int id;
        try {
            id = (int) GETTID.invokeExact();
        } catch (Throwable e) {
            throw Natives.unexpected("gettid", e);
        }
        return new NativeThread(id, startTicksOf(id));
    }

    /** {@return whether the system still has it} */
    public boolean exists() {
        return startTicksOf(id) == startTicks;
    }

    /* proc_pid_stat(5): after the name in parentheses, which may have any character, the state is field 3, the start 22. */
    private static long startTicksOf(int id) {
        String stat;
        try {
            stat = Files.readString(Path.of("/proc/self/task/" + id + "/stat"));
        } catch (IOException e) {
            return GONE;
        }
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
        boolean ended = fields[STATE].equals("Z") || fields[STATE].equals("X");
        return ended ? GONE : Long.parseLong(fields[START_TIME]);
    }
}
