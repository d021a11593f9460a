package io.memkind.cli;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What the commands have in common. */
abstract class CliCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    /** Does the work; whatever it throws becomes one line and exit status 1, a {@link ParameterException} status 2. */
    abstract void run(PrintWriter out);

    @Override
    public final Integer call() {
        PrintWriter out = spec.commandLine().getOut();
        try {
            run(out);
        } catch (Error e) { // picocli handles exceptions only
            throw new CommandFailure(Failures.reasonOf(e), e);
        } finally {
            out.flush();
        }
        if (out.checkError()) {
            throw new CommandFailure("standard output cannot be written");
        }
        return exitStatus();
    }

    /** The exit status of a command that has done its work. */
    int exitStatus() {
        return CommandLine.ExitCode.OK;
    }

    final PrintWriter err() {
        return spec.commandLine().getErr();
    }

    final ParameterException wrongUsage(String message) {
        return new ParameterException(spec.commandLine(), message);
    }
}
