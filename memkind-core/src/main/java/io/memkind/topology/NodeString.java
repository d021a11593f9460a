package io.memkind.topology;

import io.memkind.settings.SettingException;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Parses the value of a variable that lists nodes; the grammar is that of numa_parse_nodestring in numa(3). */
final class NodeString {
    private final String name;
    private final String acceptedForm;
    private final List<Integer> existing;
    private final List<Integer> allowed;

    /** For a value of the variable or property of a name. */
    NodeString(String name, String acceptedForm, Topology topology) {
        this.name = name;
        this.acceptedForm = acceptedForm;
        this.existing = topology.nodes().stream().map(NumaNode::id).toList();
        this.allowed = topology.allowedNodes();
    }

    /** The nodes that the value lists, ascending; none for an empty value. */
    List<Integer> parse(String value) {
        if (value.isEmpty()) {
            return List.of();
        }
        boolean inverted = value.startsWith("!");
        String rest = inverted ? value.substring(1) : value;
        boolean relative = rest.startsWith("+");
        rest = relative ? rest.substring(1) : rest;
        TreeSet<Integer> nodes = new TreeSet<>();
        for (String part : rest.split(",", -1)) {
            if (part.equals("all")) {
                nodes.addAll(allowed);
            } else {
                addRange(value, part, relative, nodes);
            }
        }
        return inverted ? allowed.stream().filter(node -> !nodes.contains(node)).toList() : List.copyOf(nodes);
    }

    /* Within a range, numbers of no node are passed over: on a machine with nodes 0 and 8, 0-8 is both. */
    private void addRange(String value, String part, boolean relative, TreeSet<Integer> nodes) {
        String[] ends = part.split("-", 2);
        int first = node(value, ends[0], relative);
        int last = node(value, ends[ends.length - 1], relative);
        if (first > last) {
            throw refusal(value, "'" + part + "' ends before it begins");
        }
        allowed.stream().filter(node -> first <= node && node <= last).forEach(nodes::add);
    }

    private int node(String value, String text, boolean relative) {
        OptionalLong number = Numbers.parse(text);
        if (number.isEmpty()) {
            throw refusal(value, "'" + text + "' is no number of a node");
        }
        long index = number.getAsLong();
        if (relative) {
            if (index >= allowed.size()) {
                throw refusal(value, "+" + index + " is beyond the " + allowed.size() + " nodes to count among");
            }
            return allowed.get((int) index);
        }
        if (index > Integer.MAX_VALUE || !existing.contains((int) index)) {
            throw refusal(value, "node " + index + " does not exist");
        }
        if (!allowed.contains((int) index)) {
            throw refusal(value, "node " + index + " is not allowed to this process");
        }
        return (int) index;
    }

    private SettingException refusal(String value, String why) {
        String problem =
                " is not a list of nodes: " + why + "; write for instance 0-1,3 or all or !0 or +0; nodes here: "
                        + text(existing) + (allowed.equals(existing) ? "" : ", allowed: " + text(allowed));
        return new SettingException(name, value, acceptedForm, problem);
    }

    private static String text(List<Integer> nodes) {
        return nodes.isEmpty() ? "none" : nodes.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
}
