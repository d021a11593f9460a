package io.memkind.testbed;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Node numbers with commas between them. */
final class NodeLists {
    private NodeLists() {}

    static String format(Collection<Integer> nodes) {
        return nodes.isEmpty()
                ? "none"
                : nodes.stream().map(node -> Integer.toString(node)).collect(Collectors.joining(","));
    }

    /**
     * @throws IllegalArgumentException if the text is not a list of numbers
     */
    static SortedSet<Integer> parse(String text) {
        SortedSet<Integer> nodes = new TreeSet<>();
        for (String part : text.split(",", -1)) {
            if (!part.matches("[0-9]{1,4}")) {
                throw new IllegalArgumentException("'" + text + "' is no list of nodes such as 2,3");
            }
            nodes.add(Integer.parseInt(part));
        }
        return nodes;
    }
}
