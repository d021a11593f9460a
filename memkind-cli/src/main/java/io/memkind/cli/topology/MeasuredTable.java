package io.memkind.cli.topology;

import io.memkind.cli.text.Column;
import io.memkind.cli.text.TextTable;
import io.memkind.measure.MeasuredAttributes;
import io.memkind.measure.MeasuredPair;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The matrix of what was measured, if it fits into the width of a terminal, and why anything is missing in it. */
final class MeasuredTable {
    private static final int MAX_TARGETS = 6;
    private static final int MAX_REASONS = 16;

    private MeasuredTable() {}

    static List<String> lines(MeasuredAttributes measured) {
        List<Integer> targets = measured.pairs().stream()
                .map(MeasuredPair::target)
                .distinct()
                .sorted()
                .toList();
        if (targets.size() > MAX_TARGETS) {
            return List.of("measured: from and to " + targets.size() + " nodes, see --json");
        }
        List<Column> columns = Stream.concat(
                        Stream.of(Column.left("read MiB/s, ns")),
                        targets.stream().map(target -> Column.right("node " + target)))
                .toList();
        List<List<String>> rows = measured.pairs().stream()
                .map(MeasuredPair::initiator)
                .distinct()
                .map(initiator -> row(measured, initiator, targets))
                .toList();
        List<String> lines = new ArrayList<>(TextTable.lines(columns, rows));
        measured.pairs().stream()
                .filter(pair -> !pair.measured())
                .limit(MAX_REASONS)
                .forEach(pair -> lines.add(
                        "from node " + pair.initiator() + " to node " + pair.target() + ": " + pair.reason()));
        return lines;
    }

    private static List<String> row(MeasuredAttributes measured, int initiator, List<Integer> targets) {
        return Stream.concat(
                        Stream.of("from node " + initiator),
                        targets.stream()
                                .map(target -> measured.pair(initiator, target)
                                        .filter(MeasuredPair::measured)
                                        .map(MeasuredTable::cell)
                                        .orElse("-")))
                .toList();
    }

    private static String cell(MeasuredPair pair) {
        return pair.readBandwidthMiBps().orElseThrow() + ", "
                + pair.readLatencyNanos().orElseThrow();
    }
}
