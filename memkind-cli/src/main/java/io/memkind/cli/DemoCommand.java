package io.memkind.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;

/** Shows in less than a minute what there is and that it works. */
@Command(
        name = "demo",
        description = "Show this machine's memory, allocate from each available kind with proof of where the pages are,"
                + " and replay a recorded program with every byte verified.")
final class DemoCommand extends CliCommand {
    @Override
    void run(PrintWriter out) {
        title(out, "1. The memory of this machine");
        new DemoMachine(out, Path.of("/")).print();
        title(out, "2. A first allocation on each kind");
        List<String> failedKinds = new DemoAllocations(out).print();
        title(out, "3. A recorded program, every byte verified");
        DemoReplay replay = new DemoReplay(out, err());
        replay.replay();
        title(out, "4. What the heap looked like");
        replay.printStatistics();
        if (!failedKinds.isEmpty()) {
            throw new CommandFailure("no memory from available kinds: " + String.join(", ", failedKinds));
        }
    }

    private static void title(PrintWriter out, String title) {
        out.println();
        out.println(title);
        out.println("-".repeat(title.length()));
        out.flush();
    }
}
