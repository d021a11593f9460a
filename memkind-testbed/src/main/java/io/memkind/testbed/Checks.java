package io.memkind.testbed;

import java.io.PrintStream;
import java.util.Optional;

/** Counts what was checked, and prints what is wrong, or everything. */
final class Checks {
    private final PrintStream out;
    private final String runName;
    private final boolean verbose;
    private int checks;
    private int failures;

    /**
     * @param runName what begins each line
     * @param verbose whether to print what is right, too
     */
    Checks(PrintStream out, String runName, boolean verbose) {
        this.out = out;
        this.runName = runName;
        this.verbose = verbose;
    }

    /**
     * One check.
     *
     * @param subject what was looked at
     * @param expected what it must be
     * @param wrong what it is instead; empty if all is well
     */
    void expect(String subject, Object expected, Optional<String> wrong) {
        checks++;
        failures += wrong.isPresent() ? 1 : 0;
        if (verbose || wrong.isPresent()) {
            out.printf(
                    "%-4s %s: %s: expected %s%s%n",
                    wrong.isPresent() ? "FAIL" : "ok",
                    runName,
                    subject,
                    expected,
                    wrong.map(got -> "; got " + got).orElse(""));
        }
    }

    /** One check of a value. */
    void expectEqual(String subject, Object expected, Object got) {
        expect(subject, expected, expected.equals(got) ? Optional.empty() : Optional.of(String.valueOf(got)));
    }

    /** One check of a condition. */
    void expectTrue(String subject, String expected, boolean right, Object got) {
        expect(subject, expected, right ? Optional.empty() : Optional.of(String.valueOf(got)));
    }

    int failures() {
        return failures;
    }

    /** The line that testbed/run adds up. */
    void printSum() {
        out.printf("checks %d failures %d%n", checks, failures);
    }
}
