package io.memkind.internal.select;

import io.memkind.internal.locality.Machines;
import io.memkind.topology.Topology;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/** Reads {@code qemu-machines.txt}, whose head describes its form. */
final class QemuMachines {
    /** What a rule must give; no targets if the kind must be unavailable. */
    record Expectation(
            String machine,
            Topology topology,
            OptionalLong thresholdMiBps,
            NodeRule rule,
            SortedMap<Integer, List<Integer>> targets) {
        @Override
        public String toString() {
            String threshold = thresholdMiBps.isPresent() ? " from " + thresholdMiBps.getAsLong() + " MiB/s" : "";
            return machine + " " + rule + threshold + " " + targets;
        }
    }

    private final List<Expectation> expectations = new ArrayList<>();
    private String name = "";
    private Machines machine = Machines.empty();

    private QemuMachines() {}

    static List<Expectation> expectations() {
        QemuMachines machines = new QemuMachines();
        try (BufferedReader reader = new BufferedReader(new InputStreamReader(
                Objects.requireNonNull(QemuMachines.class.getResourceAsStream("qemu-machines.txt")),
                StandardCharsets.UTF_8))) {
            reader.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .forEach(line -> machines.read(line.split(" ")));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
        return machines.expectations;
    }

    private void read(String[] words) {
        switch (words[0]) {
            case "machine" -> {
                name = words[1];
                machine = Machines.empty();
            }
            case "processor" -> machine.intel(Integer.parseInt(words[1]), Integer.parseInt(words[2]));
            case "node" ->
                machine.node(Integer.parseInt(words[1]), words.length > 4 ? words[4] : "", Integer.parseInt(words[2]));
            case "distances" ->
                machine.distances(Arrays.stream(words)
                        .skip(1)
                        .filter(word -> !word.equals("/"))
                        .mapToInt(Integer::parseInt)
                        .toArray());
            case "access" ->
                machine.access(
                        Integer.parseInt(words[1]),
                        List.of(Integer.parseInt(words[2])),
                        value(words[4]),
                        value(words[3]));
            case "expect" -> expectations.add(expectation(words));
            default -> throw new IllegalArgumentException(String.join(" ", words));
        }
    }

    private static long value(String word) {
        return word.equals("-") ? Machines.UNKNOWN : Long.parseLong(word);
    }

    private Expectation expectation(String[] words) {
        SortedMap<Integer, List<Integer>> targets = new TreeMap<>();
        for (String word : Arrays.asList(words).subList(3, words.length)) {
            if (!word.equals("-")) {
                int colon = word.indexOf(':');
                targets.put(Integer.parseInt(word.substring(0, colon)), Machines.numbers(word.substring(colon + 1)));
            }
        }
        return new Expectation(
                name,
                machine.build(),
                words[1].equals("default") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(words[1])),
                NodeRule.valueOf(words[2].toUpperCase(Locale.ROOT)),
                targets);
    }
}
