package io.memkind.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Collectors;

/** Results of several rounds as a Markdown table: medians, best values, ratios of two columns and geometric means. */
final class ResultTable {
    /** A column of ratios: of one column's values to those of another. Left out where either column is empty. */
    record Ratio(String of, String to) {}

    private enum Figure {
        MEDIAN,
        BEST
    }

    private record Cell(String row, String column, Figure figure) {}

    private final String rowTitle;
    private final List<String> columns;
    private final List<Ratio> ratios;
    private final boolean showsBest;
    private final Map<Cell, List<Double>> values = new LinkedHashMap<>();

    /**
     * An empty table.
     *
     * @param showsBest whether the best values are shown, in brackets, and their ratios
     */
    ResultTable(String rowTitle, List<String> columns, List<Ratio> ratios, boolean showsBest) {
        this.rowTitle = rowTitle;
        this.columns = columns;
        this.ratios = ratios;
        this.showsBest = showsBest;
    }

    /** Adds what one process measured. */
    void add(String row, String column, double median, double best) {
        values.computeIfAbsent(new Cell(row, column, Figure.MEDIAN), key -> new ArrayList<>())
                .add(median);
        values.computeIfAbsent(new Cell(row, column, Figure.BEST), key -> new ArrayList<>())
                .add(best);
    }

    /* The median of the medians, or the best of the best. */
    private OptionalDouble value(String row, String column, Figure figure) {
        List<Double> sorted = values.getOrDefault(new Cell(row, column, figure), List.of()).stream()
                .sorted()
                .toList();
        if (sorted.isEmpty()) {
            return OptionalDouble.empty();
        }
        int upper = sorted.size() / 2;
        double median = (sorted.get(upper) + sorted.get((sorted.size() - 1) / 2)) / 2;
        return OptionalDouble.of(figure == Figure.BEST ? sorted.get(0) : median);
    }

    private OptionalDouble ratio(String row, Ratio ratio, Figure figure) {
        OptionalDouble of = value(row, ratio.of, figure);
        OptionalDouble to = value(row, ratio.to, figure);
        return of.isPresent() && to.isPresent()
                ? OptionalDouble.of(of.getAsDouble() / to.getAsDouble())
                : OptionalDouble.empty();
    }

    private static String text(OptionalDouble value) {
        if (value.isEmpty()) {
            return "";
        }
        double number = value.getAsDouble();
        String format = number < 0.1 ? "%.4f" : number < 10 ? "%.2f" : number < 100 ? "%.1f" : "%.0f";
        return String.format(Locale.ROOT, format, number);
    }

    /** {@return the lines of the table, without the columns that nothing was added to} */
    String markdown() {
        List<String> rows = values.keySet().stream().map(Cell::row).distinct().toList();
        List<String> shown =
                columns.stream().filter(column -> isFilled(rows, column)).toList();
        List<Ratio> shownRatios = ratios.stream()
                .filter(ratio -> shown.contains(ratio.of) && shown.contains(ratio.to))
                .toList();
        List<Figure> figures = showsBest ? List.of(Figure.MEDIAN, Figure.BEST) : List.of(Figure.MEDIAN);

        List<String> titles = new ArrayList<>(List.of(rowTitle));
        titles.addAll(shown);
        for (Ratio ratio : shownRatios) {
            titles.add(ratio.of + " / " + ratio.to);
        }
        List<List<String>> lines = new ArrayList<>();
        for (String row : rows) {
            List<String> cells = new ArrayList<>(List.of(row));
            shown.forEach(column -> cells.add(joined(
                    figures.stream().map(figure -> value(row, column, figure)).toList())));
            shownRatios.forEach(ratio -> cells.add(joined(
                    figures.stream().map(figure -> ratio(row, ratio, figure)).toList())));
            lines.add(cells);
        }
        List<String> means = new ArrayList<>(List.of("geometric mean"));
        shown.forEach(column -> means.add(joined(figures.stream()
                .map(figure -> mean(
                        rows.stream().map(row -> value(row, column, figure)).toList()))
                .toList())));
        shownRatios.forEach(ratio -> means.add(joined(figures.stream()
                .map(figure ->
                        mean(rows.stream().map(row -> ratio(row, ratio, figure)).toList()))
                .toList())));
        lines.add(means);
        return markdown(titles, lines);
    }

    private boolean isFilled(List<String> rows, String column) {
        return rows.stream().anyMatch(row -> value(row, column, Figure.MEDIAN).isPresent());
    }

    private static OptionalDouble mean(List<OptionalDouble> values) {
        OptionalDouble logarithm = values.stream()
                .flatMapToDouble(OptionalDouble::stream)
                .map(Math::log)
                .average();
        return logarithm.isPresent() ? OptionalDouble.of(Math.exp(logarithm.getAsDouble())) : logarithm;
    }

    private static String joined(List<OptionalDouble> figures) {
        String first = text(figures.get(0));
        return figures.size() == 1 || first.isEmpty() ? first : first + " (" + text(figures.get(1)) + ")";
    }

    private static String markdown(List<String> titles, List<List<String>> lines) {
        List<Integer> widths = new ArrayList<>();
        for (int i = 0; i < titles.size(); i++) {
            int column = i;
            widths.add(Math.max(
                    titles.get(i).length(),
                    lines.stream()
                            .mapToInt(line -> line.get(column).length())
                            .max()
                            .orElse(0)));
        }
        String rule = widths.stream().map(width -> "-".repeat(width + 1) + ":").collect(Collectors.joining("|"));
        List<String> all = new ArrayList<>(List.of(line(titles, widths), "|" + rule.replaceFirst(":", "-") + "|"));
        lines.forEach(cells -> all.add(line(cells, widths)));
        return String.join("\n", all);
    }

    private static String line(List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder("|");
        for (int i = 0; i < cells.size(); i++) {
            String padding = " ".repeat(widths.get(i) - cells.get(i).length());
            line.append(i == 0 ? " " + cells.get(i) + padding : " " + padding + cells.get(i))
                    .append(" |");
        }
        return line.toString();
    }
}
