package io.memkind.cli;

import io.memkind.InvalidAddressException;
import io.memkind.KindExhaustedException;
import io.memkind.cli.replay.step.ReplayException;
import io.memkind.cli.stats.ProcessException;
import io.memkind.cli.text.OneLine;
import io.memkind.cli.trace.TraceException;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/** One clear line for whatever goes wrong. */
final class Failures {
    private Failures() {}

    static int handleUsage(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String help = command.getCommandSpec().qualifiedName() + " --help";
        print(command.getErr(), failure.getMessage() + " (see " + help + ")");
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    static int handleFailure(Exception failure, CommandLine command, ParseResult arguments) {
        print(command.getErr(), reasonOf(failure));
        Object main = command.getCommandSpec().root().userObject();
        if (main instanceof MemkindCommand memkind && memkind.verbose()) {
            failure.printStackTrace(command.getErr());
        }
        return command.getCommandSpec().exitCodeOnExecutionException();
    }

    private static void print(PrintWriter err, String message) {
        err.println("memkind: " + OneLine.of(message));
    }

    /** A text without line ends of its own, but perhaps of the system's. */
    static String reasonOf(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        if (failure instanceof OutOfMemoryError) {
            return "out of memory: " + message;
        }
        boolean speaksForItself = failure instanceof CommandFailure
                || failure instanceof ReplayException
                || failure instanceof ProcessException
                || failure instanceof TraceException
                || failure instanceof KindExhaustedException
                || failure instanceof InvalidAddressException;
        return speaksForItself ? message : "unexpected " + failure.getClass().getSimpleName() + ": " + message;
    }
}
