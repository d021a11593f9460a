package io.memkind.cli.stats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether processes have ended. */
final class ProcessLife {
    private static final int POLLS = 20;
    private static final long POLL_MILLIS = 50;

    private ProcessLife() {}

    /** Whether a process has ended, or does within a second: one that dies closes its sockets before it is gone. */
    static boolean endsSoon(Path proc, long pid) {
        for (int poll = 0; poll < POLLS && !hasEnded(proc, pid); poll++) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                break;
            }
        }
        return hasEnded(proc, pid);
    }

    /* Nobody may have asked yet for the exit status of one that ended: Z and X in proc_pid_stat(5). */
    private static boolean hasEnded(Path proc, long pid) {
        try {
            String stat = Files.readString(proc.resolve(pid + "/stat"), StandardCharsets.ISO_8859_1);
            int state = stat.lastIndexOf(')') + 2; // behind the name, which may have any character
            return state < stat.length() && "ZX".indexOf(stat.charAt(state)) >= 0;
        } catch (IOException e) {
            return true;
        }
    }
}
