package io.memkind.cli;

import io.memkind.KindUnavailableException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.NativeProgram;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs a native program on a kind. */
@Command(
        name = "exec",
        description =
                "Run a native program whose memory comes from the nodes of a kind, by set_mempolicy(2), as numactl"
                        + " does. Where the nodes depend on the processor, they are those of the one that the command runs on.")
final class ExecCommand extends CliCommand {
    @Option(
            names = "--kind",
            required = true,
            paramLabel = "KIND",
            description = "A static kind of base pages, such as memkind_hbw_preferred; see 'memkind kinds'.")
    private String kindName = "";

    @Parameters(
            arity = "1..*",
            paramLabel = "COMMAND",
            description = "The program and its arguments; put -- in front of it.")
    private List<String> command = List.of();

    @Override
    void run(PrintWriter out) {
        MemoryKind kind = Kinds.byName(kindName)
                .orElseThrow(() -> wrongUsage("unknown kind '" + kindName + "', known are " + KindNames.all()));
        try {
            NativeProgram.exec(kind, command);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        } catch (KindUnavailableException | IOException e) {
            throw new CommandFailure(String.valueOf(e.getMessage()), e);
        }
    }
}
