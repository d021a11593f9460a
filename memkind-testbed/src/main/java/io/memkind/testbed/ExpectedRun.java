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
 */
record ExpectedRun(String name, Map<String, SortedMap<Integer, Expectation>> kinds) {
    ExpectedRun {
        Map<String, SortedMap<Integer, Expectation>> copy = new LinkedHashMap<>();
        kinds.forEach((kind, byNode) -> copy.put(kind, Collections.unmodifiableSortedMap(new TreeMap<>(byNode))));
        kinds = Collections.unmodifiableMap(copy);
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
