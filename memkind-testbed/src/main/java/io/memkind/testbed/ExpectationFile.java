package io.memkind.testbed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;

/**
 * Expectation files: what each kind's memory must be like on a topology.
 *
 * <pre>
 * # a comment
 * run default                 a run; it ends where the next begins
 * env NAME=VALUE              sets a variable for it (for the script that starts this program)
 * huge NODE:COUNT[:1G] ...    pages of 2 MiB, or 1 GiB, to set aside (for that script, too)
 * KIND[,KIND...] RULE         what to expect of these kinds: see {@link ExpectationRule}
 * scenario NAME [ARGUMENT]    what to look at after the kinds: see {@link Scenario}
 * </pre>
 */
final class ExpectationFile {
    private ExpectationFile() {}

    /**
     * @param facts what the machine is like that the file is for
     * @throws IllegalArgumentException if the file has a mistake, with the line
     * @throws IOException if it cannot be read
     */
    static List<ExpectedRun> read(Path file, NodeFacts facts) throws IOException {
        return parse(file.toString(), Files.readAllLines(file), facts);
    }

    static List<ExpectedRun> parse(String fileName, List<String> lines, NodeFacts facts) {
        List<ExpectedRun> runs = new ArrayList<>();
        @Nullable String run = null;
        Map<String, SortedMap<Integer, Expectation>> kinds = new LinkedHashMap<>();
        List<Scenario> scenarios = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String[] words = lines.get(i).strip().split("\\s+", 2);
            String rest = words.length > 1 ? words[1] : "";
            if (words[0].isEmpty() || words[0].startsWith("#")) {
                continue;
            }
            try {
                if (words[0].equals("run")) {
                    add(runs, run, kinds, scenarios);
                    run = match(rest, "[a-z0-9-]+");
                    kinds = new LinkedHashMap<>();
                    scenarios = new ArrayList<>();
                } else if (run == null) {
                    throw new IllegalArgumentException("before the first line 'run NAME'");
                } else if (words[0].equals("env")) {
                    match(rest, "[A-Z_]+=\\S*");
                } else if (words[0].equals("huge")) {
                    match(rest, "\\d+:\\d+(:1G)?( \\d+:\\d+(:1G)?)*");
                } else if (words[0].equals("scenario")) {
                    scenarios.add(Scenario.parse(rest));
                } else {
                    expect(kinds, words[0], ExpectationRule.parse(rest, facts));
                }
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException(fileName + ":" + (i + 1) + ": " + e.getMessage(), e);
            }
        }
        add(runs, run, kinds, scenarios);
        return runs;
    }

    private static void add(
            List<ExpectedRun> runs,
            @Nullable String name,
            Map<String, SortedMap<Integer, Expectation>> kinds,
            List<Scenario> scenarios) {
        if (name != null) {
            runs.add(new ExpectedRun(name, kinds, scenarios));
        }
    }

    private static void expect(
            Map<String, SortedMap<Integer, Expectation>> kinds, String names, SortedMap<Integer, Expectation> rule) {
        for (String kind : names.split(",", -1)) {
            if (kinds.put(match(kind, "[a-z0-9_]+"), rule) != null) {
                throw new IllegalArgumentException(kind + " is there already");
            }
        }
    }

    private static String match(String text, String pattern) {
        if (!text.matches(pattern)) {
            throw new IllegalArgumentException("'" + text + "' is not of the form " + pattern);
        }
        return text;
    }
}
