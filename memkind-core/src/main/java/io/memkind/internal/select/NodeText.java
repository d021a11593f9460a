package io.memkind.internal.select;

import java.util.List;
import java.util.stream.Collectors;

/** Nodes in sentences. */
final class NodeText {
    private static final int MOST_NAMED = 8;

    private NodeText() {}

    /** Such as {@code node 2}, {@code nodes 2 and 3}, {@code no node}. */
    static String nodes(List<Integer> ids) {
        return switch (ids.size()) {
            case 0 -> "no node";
            case 1 -> "node " + ids.get(0);
            default -> "nodes " + list(ids.stream().map(String::valueOf).toList());
        };
    }

    /** Such as {@code a}, {@code a and b}, {@code a, b and c}; of many, the first. */
    static String list(List<String> items) {
        int count = items.size();
        if (count > MOST_NAMED) {
            String first = items.stream().limit(MOST_NAMED).collect(Collectors.joining(", "));
            return first + " and " + (count - MOST_NAMED) + " more";
        }
        return count < 2
                ? String.join("", items)
                : String.join(", ", items.subList(0, count - 1)) + " and " + items.get(count - 1);
    }

    static String verb(List<?> subjects, String singular, String plural) {
        return subjects.size() == 1 ? singular : plural;
    }
}
