package io.memkind.cli;

import java.io.PrintWriter;
import picocli.CommandLine;

/** The program. Exit status 0: done; 1: failed, with one line on standard error; 2: wrong usage. */
public final class Main {
    private Main() {}

    /**
     * Runs the command line and ends the process.
     *
     * @param arguments a command and its options
     */
    public static void main(String[] arguments) {
        CommandLine commandLine = commandLine();
        System.exit(execute(commandLine, arguments));
    }

    /** Runs a command line with other streams, for tests. */
    static int execute(PrintWriter out, PrintWriter err, String... arguments) {
        return execute(commandLine().setOut(out).setErr(err), arguments);
    }

    private static CommandLine commandLine() {
        return new CommandLine(new MemkindCommand())
                .setExpandAtFiles(false) // a trace's name may begin with @
                .setParameterExceptionHandler(Failures::handleUsage)
                .setExecutionExceptionHandler(Failures::handleFailure);
    }

    private static int execute(CommandLine commandLine, String... arguments) {
        int status = commandLine.execute(arguments);
        commandLine.getOut().flush();
        commandLine.getErr().flush();
        return status;
    }
}
