package io.memkind.internal.os;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The signals that were blocked when the JVM was started: those of the thread that started it, which it leaves alone. */
final class SignalMask {
    private static final String FIELD = "SigBlk:";

    private SignalMask() {}

    /** Bit n-1 stands for signal n; 0 if unknown. See proc_pid_status(5). */
    static long atStart() {
        long pid = ProcessHandle.current().pid();
        try {
            return parse(Files.readAllLines(Path.of("/proc/self/task/" + pid + "/status")));
        } catch (IOException e) {
            return 0;
        }
    }

    static long parse(List<String> status) {
        for (String line : status) {
            if (line.startsWith(FIELD)) {
                try {
                    return Long.parseUnsignedLong(line.substring(FIELD.length()).strip(), 16);
                } catch (NumberFormatException e) {
                    return 0;
                }
            }
        }
        return 0;
    }
}
