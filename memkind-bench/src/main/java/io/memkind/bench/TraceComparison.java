package io.memkind.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Replays recorded traces on Memkind for Java and on native allocators, in turns, each in a process of its own.
 *
 * <p>Arguments: the {@code memkind} launcher, the directory of the native programs, the number of rounds, traces.
 */
final class TraceComparison {
    private static final String OURS = "ours";
    private static final String PASSES = "15";
    private static final String SUFFIX = ".mktrace.gz";

    private final String launcher;
    private final List<NativePeer> peers;
    private final ResultTable time = table(true);
    private final ResultTable memory = table(false);

    private TraceComparison(String launcher, List<NativePeer> peers) {
        this.launcher = launcher;
        this.peers = peers;
    }

    /** Starts it. */
    public static void main(String[] arguments) {
        try {
            TraceComparison comparison =
                    new TraceComparison(arguments[0], NativePeer.with("replay", Path.of(arguments[1])));
            comparison.run(
                    Integer.parseInt(arguments[2]), Arrays.asList(arguments).subList(3, arguments.length));
            comparison.print();
        } catch (BenchmarkFailure e) {
            System.err.println("memkind-bench: " + e.getMessage());
            System.exit(1);
        }
    }

    private static ResultTable table(boolean showsBest) {
        return new ResultTable(
                "trace",
                Stream.concat(Stream.of(OURS), NativePeer.names().stream()).toList(),
                List.of(new ResultTable.Ratio(OURS, "jemalloc")),
                showsBest);
    }

    private void run(int rounds, List<String> traces) {
        for (int round = 0; round < rounds; round++) {
            for (String trace : traces) {
                System.err.printf("round %d of %d, %s%n", round + 1, rounds, trace);
                List<Runnable> tasks = new ArrayList<>();
                tasks.add(() -> replayOurs(trace));
                peers.forEach(peer -> tasks.add(() -> replay(peer, trace)));
                NativePeer.inTurn(tasks, round).forEach(Runnable::run);
            }
        }
    }

    private void replayOurs(String trace) {
        Program result = Program.run(List.of(launcher, "replay", "--json", "--repeat=" + PASSES, trace));
        time.add(name(trace), OURS, result.number("medianNanosPerEvent"), result.number("bestNanosPerEvent"));
        double ratio = result.number("peakResidentBytes") / result.number("peakLiveBytes");
        memory.add(name(trace), OURS, ratio, ratio);
    }

    private void replay(NativePeer peer, String trace) {
        Program result = peer.run("replay", List.of("-r", PASSES, trace));
        time.add(name(trace), peer.name(), result.number("median_ns"), result.number("best_ns"));
        double ratio = result.number("peak_growth_ratio");
        memory.add(name(trace), peer.name(), ratio, ratio);
    }

    private static String name(String trace) {
        String file = Path.of(trace).getFileName().toString();
        return file.endsWith(SUFFIX) ? file.substring(0, file.length() - SUFFIX.length()) : file;
    }

    private void print() {
        System.out.println("Traces: ns per event, median (best)\n\n" + time.markdown());
        System.out.println("\nTraces: peak resident bytes / peak live bytes\n\n" + memory.markdown());
    }
}
