package io.memkind.bench;

import io.memkind.bench.ResultTable.Ratio;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;
import org.openjdk.jmh.util.Statistics;

/**
 * Runs the JMH benchmarks and their native counterparts in turns: all subjects at one size, then all at the next. Compares
 * processor time, see {@link CpuTimeProfiler}.
 *
 * <p>Arguments: pair, random, arenas or threads; the directory of the native programs; the number of rounds.
 */
final class PeerComparison {
    private static final int WARMUP_SECONDS = 5;
    private static final int ITERATIONS = 12;
    private static final int ITERATION_MILLIS = 250;

    /**
     * What is compared.
     *
     * @param parameter the JMH parameter whose values are the rows
     * @param subjects benchmark methods
     * @param nativeMode the mode of {@code pair.c} that does the same; empty if there is none
     */
    private record Suite(
            String title,
            Class<?> benchmark,
            String parameter,
            List<String> values,
            List<String> subjects,
            String nativeMode,
            List<Ratio> ratios) {}

    private static final List<String> SIZES =
            List.of("16", "64", "256", "1024", "8192", "32768", "65536", "262144", "1048576");

    private static final Map<String, List<Suite>> SUITES = Map.of(
            "pair",
            List.of(new Suite(
                    "malloc and free of one block",
                    PairBenchmark.class,
                    "byteSize",
                    SIZES,
                    List.of("memkind", "mallocByFfm", "jdkConfinedArena"),
                    "pair",
                    List.of(new Ratio("memkind", "jemalloc"), new Ratio("memkind", "mallocByFfm")))),
            "random",
            List.of(new Suite(
                    "replacing one of many live blocks at random",
                    RandomReplacementBenchmark.class,
                    "live",
                    List.of("1024", "16384", "1048576"),
                    List.of("memkind", "mallocByFfm"),
                    "random",
                    List.of(new Ratio("memkind", "jemalloc"), new Ratio("memkind", "mallocByFfm")))),
            "threads",
            List.of(
                    new Suite(
                            "two threads, own blocks",
                            ThreadedBenchmark.class,
                            "byteSize",
                            List.of("64", "1024"),
                            List.of("pairMemkind", "pairMallocByFfm"),
                            "threads",
                            List.of(new Ratio("pairMemkind", "jemalloc"))),
                    new Suite(
                            "two threads, each frees the other's blocks",
                            ThreadedBenchmark.class,
                            "byteSize",
                            List.of("64", "1024"),
                            List.of("exchangeMemkind", "exchangeMallocByFfm"),
                            "exchange",
                            List.of(new Ratio("exchangeMemkind", "jemalloc")))),
            "arenas",
            List.of(new Suite(
                    "open an arena, allocate segments of 64 bytes, close it",
                    ArenaBenchmark.class,
                    "segments",
                    List.of("1", "8"),
                    List.of("memkindConfined", "jdkConfined", "memkindShared", "memkindDeferred", "jdkShared"),
                    "",
                    List.of(
                            new Ratio("memkindConfined", "jdkConfined"),
                            new Ratio("memkindShared", "jdkShared"),
                            new Ratio("memkindDeferred", "jdkShared")))));

    private final Suite suite;
    private final List<NativePeer> peers;
    private final ResultTable table;

    private PeerComparison(Suite suite, Path directory) {
        this.suite = suite;
        peers = suite.nativeMode.isEmpty() ? List.of() : NativePeer.with("pair", directory);
        table = new ResultTable(
                suite.parameter,
                Stream.concat(suite.subjects.stream(), NativePeer.names().stream())
                        .toList(),
                suite.ratios,
                true);
    }

    /** Starts it. */
    public static void main(String[] arguments) {
        try {
            for (Suite suite : SUITES.getOrDefault(arguments[0], List.of())) {
                PeerComparison comparison = new PeerComparison(suite, Path.of(arguments[1]));
                comparison.run(Integer.parseInt(arguments[2]));
                System.out.println(
                        "\nprocessor time, ns, median (best): " + suite.title + "\n\n" + comparison.table.markdown());
            }
        } catch (BenchmarkFailure e) {
            System.err.println("memkind-bench: " + e.getMessage());
            System.exit(1);
        }
    }

    private void run(int rounds) {
        for (int round = 0; round < rounds; round++) {
            for (String value : suite.values) {
                System.err.printf(
                        "round %d of %d, %s, %s %s%n", round + 1, rounds, suite.title, suite.parameter, value);
                List<Runnable> tasks = new ArrayList<>();
                suite.subjects.forEach(subject -> tasks.add(() -> runJmh(subject, value)));
                peers.forEach(peer -> tasks.add(() -> runNative(peer, value)));
                NativePeer.inTurn(tasks, round).forEach(Runnable::run);
            }
        }
    }

    private void runJmh(String subject, String value) {
        var options = new OptionsBuilder()
                .include("^" + suite.benchmark.getName().replace(".", "\\.") + "\\." + subject + "$")
                .param(suite.parameter, value)
                .forks(1)
                .warmupIterations(WARMUP_SECONDS)
                .warmupTime(TimeValue.seconds(1))
                .measurementIterations(ITERATIONS)
                .measurementTime(TimeValue.milliseconds(ITERATION_MILLIS))
                .addProfiler(CpuTimeProfiler.class)
                .shouldFailOnError(true)
                .verbosity(VerboseMode.SILENT)
                .build();
        try {
            for (RunResult result : new Runner(options).run()) {
                Statistics nanos = CpuTimeProfiler.of(result);
                table.add(value, subject, nanos.getPercentile(50), nanos.getMin());
            }
        } catch (RunnerException e) {
            throw new BenchmarkFailure(e.toString());
        }
    }

    private void runNative(NativePeer peer, String value) {
        Program result = peer.run(
                "pair",
                List.of(suite.nativeMode, value, Integer.toString(ITERATIONS), Integer.toString(ITERATION_MILLIS)));
        table.add(value, peer.name(), result.number("median_ns"), result.number("best_ns"));
    }
}
