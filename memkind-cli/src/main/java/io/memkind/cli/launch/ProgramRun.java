package io.memkind.cli.launch;

import java.io.IOException;

/** A program that has our streams, and whose end is ours. */
public final class ProgramRun {
    private ProgramRun() {}

    /**
     * Runs a program to its end. When this process is told to end, the program is, too.
     *
     * @param builder the program
     * @return its exit status
     * @throws IOException if it cannot be started
     */
    public static int run(ProcessBuilder builder) throws IOException {
        Process process = builder.inheritIO().start();
        Thread ending = new Thread(() -> {
            process.destroy();
            process.onExit().join();
        });
        Runtime.getRuntime().addShutdownHook(ending);
        int status = process.onExit().join().exitValue();
        try {
            Runtime.getRuntime().removeShutdownHook(ending);
        } catch (IllegalStateException e) {
            return status; // this process is ending itself
        }
        return status;
    }
}
