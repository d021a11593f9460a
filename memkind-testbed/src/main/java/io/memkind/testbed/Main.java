package io.memkind.testbed;

import io.memkind.KindReport;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/**
 * The program: {@code check TOPOLOGY FILE RUN [-v]} compares with a run of an expectation file, {@code report} prints what
 * it finds, {@code dax DIRECTORY OTHER} checks file kinds on a DAX file system and on another. Exit status 0 if all is as expected, 1 if not, 2 if the arguments or the file are wrong.
 */
final class Main {
    private Main() {}

    public static void main(String[] args) throws IOException, InterruptedException {
        try {
            if (args.length == 1 && args[0].equals("report")) {
                report();
            } else if (args.length >= 4 && args[0].equals("check")) {
                boolean verbose = args.length > 4 && args[4].equals("-v");
                System.exit(check(args[1], Path.of(args[2]), args[3], verbose) == 0 ? 0 : 1);
            } else if (args.length == 3 && args[0].equals("dax")) {
                Checks checks = new Checks(System.out, "fsdax", true);
                new DaxFiles(Path.of(args[1]), true, checks).check();
                new DaxFiles(Path.of(args[2]), false, checks).check();
                checks.printSum();
                System.exit(checks.failures() == 0 ? 0 : 1);
            } else {
                throw new IllegalArgumentException(
                        "usage: check TOPOLOGY FILE RUN [-v] | report | dax DIRECTORY OTHER");
            }
        } catch (IllegalArgumentException e) {
            System.err.println("memkind-testbed: " + e.getMessage());
            System.exit(2);
        }
    }

    private static int check(String topology, Path file, String runName, boolean verbose)
            throws IOException, InterruptedException {
        Machine machine = new Machine();
        ExpectedRun run = ExpectedRun.find(ExpectationFile.read(file, machine.facts()), runName);
        Checks checks = new Checks(System.out, topology + " " + runName, verbose);
        for (var kind : run.kinds().entrySet()) {
            Optional<MemoryKind> subject = Kinds.byName("memkind_" + kind.getKey());
            if (subject.isPresent()) {
                check(machine, subject.get(), kind.getKey(), kind.getValue(), checks);
            } else {
                checks.expect(kind.getKey(), "to exist", Optional.of("no such kind"));
            }
        }
        for (Scenario scenario : run.scenarios()) {
            scenario.play(machine, run, checks);
        }
        checks.printSum();
        return checks.failures();
    }

    private static void check(
            Machine machine, MemoryKind kind, String kindName, SortedMap<Integer, Expectation> byNode, Checks checks) {
        KindReport report = kind.report();
        byNode.forEach((node, expectation) -> {
            machine.runOn(node);
            String subject = kindName + " from node " + node;
            checks.expect(
                    subject, expectation, expectation.mismatch(kindName, Probe.observe(kind, report.availability())));
            if (expectation instanceof Expectation.OnNodes on) {
                checks.expectEqual(
                        subject + ", as it reports",
                        List.copyOf(on.policyNodes()),
                        report.nodesByInitiator().getOrDefault(node, List.of()));
            }
        });
        /* So that kinds do not keep memory from each other. */
        kind.trim();
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
