package io.memkind.cli;

import io.memkind.KindExhaustedException;
import io.memkind.cli.replay.AvailableMemory;
import io.memkind.cli.replay.ReplayMemory;
import io.memkind.cli.replay.ReplayOptions;
import io.memkind.cli.replay.ReplayResult;
import io.memkind.cli.replay.TraceReplay;
import io.memkind.cli.replay.step.ReplayException;
import io.memkind.cli.trace.Trace;
import io.memkind.cli.trace.TraceException;
import io.memkind.cli.trace.TraceReader;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Replays recorded traces. */
@Command(
        name = "replay",
        description =
                "Replay recorded malloc traces on a fresh heap, and tell how fast it is and what memory it takes.",
        footer = {
            "",
            "Each trace is replayed once untimed, which measures memory, and then as often as --repeat says.",
            "The first trace that fails ends the command."
        })
final class ReplayCommand extends CliCommand {
    private static final int MAX_REPEAT_COUNT = 1000;

    @Parameters(arity = "1..*", paramLabel = "TRACE", description = "A trace, NAME.mktrace.gz.")
    private List<Path> files = List.of();

    @Option(
            names = "--kind",
            paramLabel = "KIND",
            description = {
                "The kind of memory: a name that 'memkind kinds' lists, file:DIR[:SIZE] for a file in a directory, or"
                        + " fixed:SIZE for a region of that size, which counts as resident as a whole"
                        + " (default: ${DEFAULT-VALUE}). SIZE is in bytes, or has K, M, G or T behind it."
            })
    private String kindName = "DEFAULT";

    @Option(names = "--threads", description = "Replay with the threads of the recorded program.")
    private boolean threaded;

    @Option(
            names = "--verify",
            description = "Write and check every byte, alignment, zeroed memory, and that no blocks overlap.")
    private boolean verifying;

    @Option(names = "--no-touch", description = "Do not write a byte in each page of new memory.")
    private boolean untouched;

    @Option(names = "--repeat", paramLabel = "N", description = "Timed passes (default: ${DEFAULT-VALUE}).")
    private int repeatCount = 5;

    @Option(names = "--json", description = "Print JSON: an object a line for each trace.")
    private boolean json;

    private final ReplayMemory memory = new ReplayMemory(new AvailableMemory(Path.of("/")));

    @Override
    void run(PrintWriter out) {
        if (repeatCount < 1 || repeatCount > MAX_REPEAT_COUNT) {
            throw wrongUsage("--repeat must be 1 to " + MAX_REPEAT_COUNT + ", not " + repeatCount);
        }
        if (verifying && untouched) {
            throw wrongUsage("--verify writes every byte, so --no-touch cannot be with it");
        }
        ReplayOptions options = new ReplayOptions(threaded, verifying, !untouched, repeatCount);
        try (KindChoice kind = kind()) {
            ReplayReport report = new ReplayReport(out, json, files, kind.name(), options);
            for (Path file : files) {
                report.print(file, replay(file, kind, options));
            }
            report.finish();
        }
    }

    private KindChoice kind() {
        try {
            return KindChoice.of(kindName, memory);
        } catch (IllegalArgumentException e) {
            throw wrongUsage(String.valueOf(e.getMessage()));
        }
    }

    private ReplayResult replay(Path file, KindChoice kind, ReplayOptions options) {
        try {
            Trace trace = read(file);
            kind.requireFits(trace, memory);
            try (WorkDisplay display = WorkDisplay.start(err(), "replaying " + file)) {
                return new TraceReplay(kind::open, options, display.progress()).run(trace);
            }
        } catch (TraceException | ReplayException | KindExhaustedException | OutOfMemoryError e) {
            throw new CommandFailure(file + ": " + Failures.reasonOf(e), e);
        }
    }

    private Trace read(Path file) throws TraceException {
        try (WorkDisplay display = WorkDisplay.start(err(), "reading " + file)) {
            display.progress().expect(file.toFile().length());
            return new TraceReader(memory.maxEventCount(threaded)).read(file, display.progress()::advance);
        }
    }
}
