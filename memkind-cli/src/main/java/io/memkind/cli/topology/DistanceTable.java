package io.memkind.cli.topology;

import io.memkind.cli.text.Column;
import io.memkind.cli.text.TextTable;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.util.ArrayList;
import java.util.List;

/** The matrix of distances, if it fits into the width of a terminal. */
final class DistanceTable {
    private static final int MAX_NODES = 16;

    private DistanceTable() {}

    static List<String> lines(Topology topology) {
        List<NumaNode> nodes = topology.nodes();
        if (nodes.size() < 2 || nodes.stream().allMatch(node -> node.distances().isEmpty())) {
            return List.of();
        }
        if (nodes.size() > MAX_NODES) {
            return List.of("distances: of " + nodes.size() + " nodes, see --json");
        }
        List<Column> columns = new ArrayList<>();
        columns.add(Column.left("distance"));
        nodes.forEach(node -> columns.add(Column.right("" + node.id())));
        return TextTable.lines(
                columns, nodes.stream().map(node -> row(node, nodes)).toList());
    }

    private static List<String> row(NumaNode from, List<NumaNode> nodes) {
        List<String> row = new ArrayList<>();
        row.add("node " + from.id());
        for (NumaNode to : nodes) {
            row.add(from.distanceTo(to.id()).stream()
                    .mapToObj(Integer::toString)
                    .findFirst()
                    .orElse("-"));
        }
        return row;
    }
}
