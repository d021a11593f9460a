package io.memkind.cli.stats;

import io.memkind.cli.text.ByteSizes;
import io.memkind.cli.text.Column;
import io.memkind.cli.text.OneLine;
import io.memkind.cli.text.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javax.management.openmbean.CompositeData;

/** A reading for people: a line for each kind that holds something. */
public final class StatsTable {
    private static final List<String> SIZES =
            List.of("allocatedBytes", "activeBytes", "dirtyBytes", "retainedBytes", "mappedBytes", "residentBytes");
    private static final List<Column> COLUMNS = List.of(
            Column.left("kind"),
            Column.right("allocated"),
            Column.right("active"),
            Column.right("dirty"),
            Column.right("retained"),
            Column.right("mapped"),
            Column.right("resident"),
            Column.right("limit"));

    private StatsTable() {}

    /**
     * The lines.
     *
     * @param reading what was read
     * @param all whether kinds that hold nothing have a line too
     * @return a title, a table, and how many kinds are left out
     */
    public static List<String> lines(KindsReading reading, boolean all) {
        List<CompositeData> shown = reading.kinds().stream()
                .filter(kind -> all || KindsReading.number(kind, "mappedBytes").orElse(1) > 0)
                .toList();
        List<String> lines = new ArrayList<>();
        lines.add(
                OneLine.of("process " + reading.pid() + " (" + reading.command() + "), memkind " + reading.version()));
        List<List<String>> rows = new ArrayList<>();
        for (CompositeData kind : shown) {
            rows.add(row(
                    OneLine.of(KindsReading.text(kind, "name")),
                    kind,
                    ByteSizes.text(KindsReading.number(kind, "limitBytes"))));
        }
        if (reading.total() != null) {
            rows.add(row("total", reading.total(), ""));
        }
        lines.addAll(TextTable.lines(COLUMNS, rows));
        int hidden = reading.kinds().size() - shown.size();
        if (hidden > 0) {
            lines.add(hidden + (hidden == 1 ? " kind holds" : " kinds hold") + " nothing (--all shows them)");
        }
        return lines;
    }

    private static List<String> row(String name, CompositeData data, String limit) {
        List<String> cells = new ArrayList<>();
        cells.add(name);
        for (String size : SIZES) {
            OptionalLong bytes = KindsReading.number(data, size);
            cells.add(ByteSizes.text(bytes));
        }
        cells.add(limit);
        return cells;
    }
}
