package io.memkind.testbed;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * One run of an expectation file: one environment, one state of the machine.
 *
 * @param name its name
 * @param kinds for each kind, by its name without {@code memkind_}, what to expect by the node that allocates
 * @param scenarios what to look at then
 */
record ExpectedRun(String name, Map<String, SortedMap<Integer, Expectation>> kinds, List<Scenario> scenarios) {
    ExpectedRun {
        Map<String, SortedMap<Integer, Expectation>> copy = new LinkedHashMap<>();
        kinds.forEach((kind, byNode) -> copy.put(kind, Collections.unmodifiableSortedMap(new TreeMap<>(byNode))));
        kinds = Collections.unmodifiableMap(copy);
        scenarios = List.copyOf(scenarios);
    }

    /**
     * @param kindName without {@code memkind_}
     * @throws IllegalArgumentException if the run does not say
     */
    Expectation expectation(String kindName, int initiator) {
        Expectation expectation =
                kinds.getOrDefault(kindName, Collections.emptySortedMap()).get(initiator);
        if (expectation == null) {
            throw new IllegalArgumentException(
                    "run " + name + " says nothing of " + kindName + " from node " + initiator);
        }
        return expectation;
    }

    static ExpectedRun find(List<ExpectedRun> runs, String name) {
        List<String> names = new ArrayList<>();
        for (ExpectedRun run : runs) {
            if (run.name().equals(name)) {
                return run;
            }
            names.add(run.name());
        }
        throw new IllegalArgumentException("there is no run '" + name + "'; there are " + names);
    }
}
