package io.memkind.testbed;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The program: {@code check TOPOLOGY FILE RUN [-v]} compares with a run of an expectation file, {@code report} prints what
 * it finds. Exit status 0 if all is as expected, 1 if not, 2 if the arguments or the file are wrong.
 */
final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException {
        try {
            if (args.length == 1 && args[0].equals("report")) {
                report();
            } else if (args.length >= 4 && args[0].equals("check")) {
                boolean verbose = args.length > 4 && args[4].equals("-v");
                System.exit(check(args[1], Path.of(args[2]), args[3], verbose) == 0 ? 0 : 1);
            } else {
                throw new IllegalArgumentException("usage: check TOPOLOGY FILE RUN [-v] | report");
            }
        } catch (IllegalArgumentException e) {
            System.err.println("memkind-testbed: " + e.getMessage());
            System.exit(2);
        }
    }

    private static int check(String topology, Path file, String runName, boolean verbose) throws IOException {
        Machine machine = new Machine();
        ExpectedRun run = ExpectedRun.find(ExpectationFile.read(file, machine.facts()), runName);
        int checks = 0;
        int failures = 0;
        for (var kind : run.kinds().entrySet()) {
            Optional<MemoryKind> subject = Kinds.byName("memkind_" + kind.getKey());
            for (var entry : kind.getValue().entrySet()) {
                machine.runOn(entry.getKey());
                Optional<String> wrong = subject.isEmpty()
                        ? Optional.of("no such kind")
                        : entry.getValue().mismatch(kind.getKey(), Probe.observe(subject.get()));
                checks++;
                failures += wrong.isPresent() ? 1 : 0;
                if (verbose || wrong.isPresent()) {
                    System.out.printf(
                            "%-4s %s %s: %s from node %d: expected %s%s%n",
                            wrong.isPresent() ? "FAIL" : "ok",
                            topology,
                            runName,
                            kind.getKey(),
                            entry.getKey(),
                            entry.getValue(),
                            wrong.map(got -> "; got " + got).orElse(""));
                }
            }
            /* So that kinds do not keep memory from each other. */
            subject.ifPresent(MemoryKind::trim);
        }
        System.out.printf("checks %d failures %d%n", checks, failures);
        return failures;
    }

    /** One line for each kind and node with processors: kind, node, policy mode and nodes, or "-" if nothing is given. */
    private static void report() {
        Machine machine = new Machine();
        for (MemoryKind kind : Kinds.all()) {
            for (int node : machine.facts().initiators()) {
                machine.runOn(node);
                String seen = Probe.observe(kind) instanceof Observation.Placed placed
                        ? String.join(
                                "|",
                                placed.policies().stream()
                                        .map(NodePolicy::toString)
                                        .sorted()
                                        .toList())
                        : "-";
                System.out.println(kind.name() + " " + node + " " + seen);
            }
            kind.trim();
        }
    }
}
