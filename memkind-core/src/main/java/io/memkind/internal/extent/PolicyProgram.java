package io.memkind.internal.extent;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.os.CurrentCpu;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.ProgramStart;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** Replaces this process by a program all of whose memory is under a policy. */
public final class PolicyProgram {
    private PolicyProgram() {}

    /** The number of the processor that the calling thread runs on; negative if unknown. */
    public static int currentCpu() {
        return CurrentCpu.get();
    }

    /**
     * Starts the program in place of this one. Returns only if that failed, with nothing changed.
     *
     * @param command the program and its arguments
     * @return why that failed
     */
    public static String exec(
            NodePolicy policy, List<Integer> nodes, boolean transparentHugePagesOff, List<String> command) {
        /* A policy, and which signals are blocked, belong to a thread: with this one they end if the program does not start. */
        FutureTask<String> attempt = new FutureTask<>(() -> execHere(policy, nodes, transparentHugePagesOff, command));
        Thread.ofPlatform().name("memkind-exec").start(attempt);
        boolean interrupted = false;
        while (true) {
            try {
                return attempt.get();
            } catch (InterruptedException e) {
                interrupted = true;
            } catch (ExecutionException e) {
                throw new IllegalStateException(e.getCause());
            } finally {
                if (interrupted && attempt.isDone()) {
                    Thread.currentThread().interrupt();
                }
            }
        }
    }

    private static String execHere(
            NodePolicy policy, List<Integer> nodes, boolean transparentHugePagesOff, List<String> command) {
        if (policy != NodePolicy.NONE) {
            NodeMask mask = NodeMask.of(policy, nodes);
            int result = ProgramStart.setPolicy(mask.mode(), mask.words());
            if (result < 0) {
                return "set_mempolicy to " + policy + " of nodes " + nodes + " failed: " + Errno.describe(-result);
            }
        }
        boolean disables = transparentHugePagesOff && ProgramStart.transparentHugePagesDisabled() == 0;
        if (disables) {
            int result = ProgramStart.disableTransparentHugePages(true);
            if (result < 0) {
                return "prctl(PR_SET_THP_DISABLE) failed: " + Errno.describe(-result);
            }
        }
        int result = ProgramStart.exec(command);
        if (disables) {
            ProgramStart.disableTransparentHugePages(false);
        }
        return command.get(0) + " cannot be started: " + Errno.describe(-result);
    }
}
