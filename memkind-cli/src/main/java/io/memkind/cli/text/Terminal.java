package io.memkind.cli.text;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** What the standard streams are. */
public final class Terminal {
    private Terminal() {}

    /**
     * Whether standard error is a terminal that can go back in a line. {@link System#console()} does not tell: it looks
     * at standard input and output only.
     *
     * @return true if so
     */
    public static boolean isStandardError() {
        return isTerminal(Path.of("/proc/self/fd/2"));
    }

    /**
     * Whether standard output is a terminal that can be cleared.
     *
     * @return true if so
     */
    public static boolean isStandardOutput() {
        return isTerminal(Path.of("/proc/self/fd/1"));
    }

    private static boolean isTerminal(Path descriptor) {
        try {
            String target = Files.readSymbolicLink(descriptor).toString();
            boolean terminal = target.startsWith("/dev/pts/") || target.startsWith("/dev/tty");
            return (terminal || target.equals("/dev/console")) && !"dumb".equals(System.getenv("TERM"));
        } catch (IOException | UnsupportedOperationException e) {
            return false; // what fits a file fits a terminal
        }
    }
}
