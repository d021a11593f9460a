package io.memkind.testbed;

import java.util.SortedSet;
import java.util.stream.Stream;

/** Policies as the kernel writes them in /proc/PID/numa_maps: mpol_to_str in mm/mempolicy.c. */
final class KernelText {
    private static final String MANY = "prefer (many)";
    private static final String WEIGHTED = "weighted interleave";

    private KernelText() {}

    static String policy(PolicyMode mode, SortedSet<Integer> nodes) {
        String name = switch (mode) {
            case DEFAULT -> "default";
            case PREFERRED -> "prefer";
            case BIND -> "bind";
            case INTERLEAVE -> "interleave";
            case LOCAL -> "local";
            case PREFERRED_MANY -> MANY;
            case WEIGHTED_INTERLEAVE -> WEIGHTED;
        };
        return nodes.isEmpty() ? name : name + ":" + ranges(nodes);
    }

    /** The policy in a line such as {@code 7ffd5000 prefer (many):2-3 stack anon=3}. */
    static String policyOf(String line) {
        int start = line.indexOf(' ') + 1;
        int nameLength = Stream.of(MANY, WEIGHTED)
                .filter(name -> line.startsWith(name, start))
                .mapToInt(String::length)
                .findFirst()
                .orElse(0);
        int end = line.indexOf(' ', start + nameLength);
        return end < 0 ? line.substring(start) : line.substring(start, end);
    }

    private static String ranges(SortedSet<Integer> nodes) {
        StringBuilder text = new StringBuilder();
        int first = -1;
        int last = -1;
        for (int node : nodes) {
            if (first < 0 || node != last + 1) {
                append(text, first, last);
                first = node;
            }
            last = node;
        }
        append(text, first, last);
        return text.toString();
    }

    private static void append(StringBuilder text, int first, int last) {
        if (first >= 0) {
            text.append(text.isEmpty() ? "" : ",").append(first == last ? "" + first : first + "-" + last);
        }
    }
}
