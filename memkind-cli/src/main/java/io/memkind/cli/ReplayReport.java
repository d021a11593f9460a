package io.memkind.cli;

import io.memkind.cli.json.JsonObject;
import io.memkind.cli.replay.ReplayOptions;
import io.memkind.cli.replay.ReplayResult;
import io.memkind.cli.text.ByteSizes;
import io.memkind.cli.text.Column;
import io.memkind.cli.text.OneLine;
import io.memkind.cli.text.TextTable;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The results of replays, each printed as soon as it is there. */
final class ReplayReport {
    private static final String SUFFIX = ".mktrace.gz";

    private final PrintWriter out;
    private final boolean json;
    private final String kindName;
    private final ReplayOptions options;
    private final TextTable table;
    private boolean headerIsPrinted;

    ReplayReport(PrintWriter out, boolean json, List<Path> files, String kindName, ReplayOptions options) {
        this.out = out;
        this.json = json;
        this.kindName = kindName;
        this.options = options;
        int nameChars =
                files.stream().mapToInt(file -> name(file).length()).max().orElse(0);
        table = new TextTable(List.of(
                Column.left("trace").atLeast(nameChars),
                Column.left("kind").atLeast(kindName.length()),
                Column.left("mode"),
                Column.right("events").atLeast("999999999".length()),
                Column.right("ns/event").atLeast("99999.9".length()),
                Column.right("best"),
                Column.right("peak live").atLeast("1023.9 MiB".length()),
                Column.right("peak resident").atLeast("1023.9 MiB".length()),
                Column.right("after free").atLeast("1023.9 MiB".length()),
                Column.right("after trim").atLeast("1023.9 MiB".length()),
                Column.left("verified")));
    }

    void print(Path file, ReplayResult result) {
        if (json) {
            out.println(toJson(file, result));
        } else {
            if (!headerIsPrinted) {
                out.println(table.header());
                headerIsPrinted = true;
            }
            out.println(table.row(cells(file, result)));
        }
        out.flush();
    }

    /** Prints what must be known about all results. */
    void finish() {
        if (!json && options.verifying()) {
            out.println("Times are of verifying passes, which write and check every byte; they do not rate the heap.");
        }
    }

    private JsonObject toJson(Path file, ReplayResult result) {
        return new JsonObject()
                .put("trace", file.toString())
                .put("kind", kindName)
                .put("mode", mode())
                .put("events", result.eventCount())
                .put("medianNanosPerEvent", result.medianNanosPerEvent())
                .put("bestNanosPerEvent", result.bestNanosPerEvent())
                .put("peakLiveBytes", result.peakLiveBytes())
                .put("peakResidentBytes", result.peakResidentBytes())
                .put("residentAfterFreeBytes", result.residentAfterFreeBytes())
                .put("residentAfterTrimBytes", result.residentAfterTrimBytes())
                .put("verified", options.verifying())
                .put("repeats", options.repeatCount());
    }

    private List<String> cells(Path file, ReplayResult result) {
        return List.of(
                name(file),
                kindName,
                mode(),
                Long.toString(result.eventCount()),
                nanos(result.medianNanosPerEvent()),
                nanos(result.bestNanosPerEvent()),
                ByteSizes.text(result.peakLiveBytes()),
                ByteSizes.text(result.peakResidentBytes()),
                ByteSizes.text(result.residentAfterFreeBytes()),
                ByteSizes.text(result.residentAfterTrimBytes()),
                options.verifying() ? "yes" : "no");
    }

    private String mode() {
        return options.threaded() ? "mt" : "st";
    }

    private static String nanos(double nanos) {
        return String.format(Locale.ROOT, "%.1f", nanos);
    }

    private static String name(Path file) {
        Path last = file.getFileName();
        String name = OneLine.of((last == null ? file : last).toString());
        return name.endsWith(SUFFIX) ? name.substring(0, name.length() - SUFFIX.length()) : name;
    }
}
