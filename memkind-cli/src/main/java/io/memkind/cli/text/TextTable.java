package io.memkind.cli.text;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Lines of aligned cells. */
public final class TextTable {
    private final List<Column> columns;

    /**
     * A table whose columns have their final widths, to be printed row by row.
     *
     * @param columns its columns
     */
    public TextTable(List<Column> columns) {
        this.columns = List.copyOf(columns);
    }

    /**
     * The line of titles.
     *
     * @return the line
     */
    public String header() {
        return row(columns.stream().map(Column::title).toList());
    }

    /**
     * A line of cells.
     *
     * @param cells a text for each column
     * @return the line
     */
    public String row(List<String> cells) {
        return IntStream.range(0, columns.size())
                .mapToObj(i -> columns.get(i).cell(cells.get(i)))
                .collect(Collectors.joining("  "))
                .stripTrailing();
    }

    /**
     * A whole table, its columns as wide as its cells need.
     *
     * @param columns its columns
     * @param rows a text for each column, for each row
     * @return the lines, that of the titles first
     */
    public static List<String> lines(List<Column> columns, List<List<String>> rows) {
        List<Column> fitted = new ArrayList<>(columns);
        for (List<String> row : rows) {
            for (int i = 0; i < fitted.size(); i++) {
                fitted.set(i, fitted.get(i).atLeast(row.get(i).length()));
            }
        }
        TextTable table = new TextTable(fitted);
        List<String> lines = new ArrayList<>();
        lines.add(table.header());
        rows.forEach(row -> lines.add(table.row(row)));
        return lines;
    }
}
