package io.memkind.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Fills limited file kinds of Memkind for Java and of the C library with blocks of mixed sizes, in turns, each in a process
 * of its own, and tells how much of the limit is live when no block fits any more.
 *
 * <p>Arguments: the directory of the native programs, the number of rounds, the directory for the files.
 */
final class FragmentationComparison {
    private static final String OURS = "ours";
    private static final String C = "memkind-c";
    private static final List<String> LIMITS_MIB = List.of("256", "1024");
    private static final List<String> POLICIES = List.of("default", "conservative");
    private static final String STEPS = "5000";

    private final Path programs;
    private final String directory;
    private final ResultTable mean = table();
    private final ResultTable least = table();
    private final ResultTable micros = table();

    private FragmentationComparison(Path programs, String directory) {
        this.programs = programs;
        this.directory = directory;
    }

    /** Starts it. */
    public static void main(String[] arguments) {
        try {
            FragmentationComparison comparison = new FragmentationComparison(Path.of(arguments[0]), arguments[2]);
            comparison.run(Integer.parseInt(arguments[1]));
            comparison.print();
        } catch (BenchmarkFailure e) {
            System.err.println("memkind-bench: " + e.getMessage());
            System.exit(1);
        }
    }

    private static ResultTable table() {
        return new ResultTable("kind", List.of(OURS, C), List.of(new ResultTable.Ratio(OURS, C)), false);
    }

    private void run(int rounds) {
        List<NativePeer> peers = NativePeer.with("fragmentation", programs);
        for (int round = 0; round < rounds; round++) {
            for (String limit : LIMITS_MIB) {
                for (String policy : POLICIES) {
                    String row = limit + " MiB, " + policy;
                    System.err.printf("round %d of %d, %s%n", round + 1, rounds, row);
                    /* The seed is the round: in it both have the same blocks. */
                    List<String> arguments = List.of(directory, limit, policy, STEPS, Integer.toString(round + 1));
                    List<Runnable> tasks = new ArrayList<>();
                    tasks.add(() -> add(row, OURS, runOurs(arguments)));
                    peers.forEach(peer -> tasks.add(() -> add(row, peer.name(), peer.run("fragmentation", arguments))));
                    NativePeer.inTurn(tasks, round).forEach(Runnable::run);
                }
            }
        }
    }

    private static Program runOurs(List<String> arguments) {
        return Program.run(Stream.concat(
                        Stream.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "-XX:-UsePerfData",
                                "--enable-native-access=ALL-UNNAMED",
                                "-cp",
                                System.getProperty("java.class.path"),
                                FragmentationProgram.class.getName()),
                        arguments.stream())
                .toList());
    }

    private void add(String row, String column, Program result) {
        mean.add(row, column, result.number("mean_ratio"), result.number("mean_ratio"));
        least.add(row, column, result.number("least_ratio"), result.number("least_ratio"));
        micros.add(row, column, result.number("micros_per_step"), result.number("micros_per_step"));
    }

    private void print() {
        System.out.println("Live bytes / limit when no block fits: mean\n\n" + mean.markdown());
        System.out.println("\nLive bytes / limit when no block fits: least\n\n" + least.markdown());
        System.out.println("\nMicroseconds per block, with the evictions for it\n\n" + micros.markdown());
    }
}
