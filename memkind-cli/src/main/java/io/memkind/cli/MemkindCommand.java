package io.memkind.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The command itself: has the options of all commands, and does nothing alone. */
@Command(
        name = "memkind",
        description = "A heap manager for kinds of memory: try it, see what this machine has, measure it.",
        scope = ScopeType.INHERIT,
        mixinStandardHelpOptions = true,
        versionProvider = VersionProvider.class,
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            DemoCommand.class,
            KindsCommand.class,
            TopologyCommand.class,
            HbwNodesCommand.class,
            DaxKmemNodesCommand.class,
            ExecCommand.class,
            RunCommand.class,
            ReplayCommand.class,
            StatsCommand.class
        })
final class MemkindCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Option(names = "--verbose", scope = ScopeType.INHERIT, description = "Show the stack trace of a failure.")
    private boolean verbose;

    boolean verbose() {
        return verbose;
    }

    @Override
    public Integer call() {
        throw new ParameterException(spec.commandLine(), "a command is missing");
    }
}
