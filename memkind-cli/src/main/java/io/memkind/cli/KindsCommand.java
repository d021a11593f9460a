package io.memkind.cli;

import io.memkind.Availability;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.cli.json.JsonObject;
import io.memkind.cli.text.ByteSizes;
import io.memkind.cli.text.Column;
import io.memkind.cli.text.TextTable;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells which kinds there are. */
@Command(
        name = "kinds",
        description = "List the kinds of memory: which are available here, and if not, why and what helps.")
final class KindsCommand extends CliCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.left("kind"),
            Column.left("available"),
            Column.right("page"),
            Column.right("capacity"),
            Column.right("limit"));

    @Option(names = "--json", description = "Print JSON: an array of objects.")
    private boolean json;

    @Override
    void run(PrintWriter out) {
        if (json) {
            out.println(JsonObject.arrayOf(
                    Kinds.all().stream().map(KindsCommand::toJson).toList()));
        } else {
            printTable(out);
        }
    }

    private static JsonObject toJson(MemoryKind kind) {
        Availability availability = kind.availability();
        return new JsonObject()
                .put("name", kind.name())
                .put("available", availability.available())
                .put("reason", availability.reason())
                .put("remedy", availability.remedy())
                .put("pageBytes", kind.pageByteSize())
                .put("capacityBytes", kind.capacityBytes())
                .put("limitBytes", kind.limitBytes());
    }

    private static void printTable(PrintWriter out) {
        List<MemoryKind> kinds = Kinds.all();
        List<String> lines =
                TextTable.lines(COLUMNS, kinds.stream().map(KindsCommand::cells).toList());
        out.println(lines.get(0));
        for (int i = 0; i < kinds.size(); i++) {
            out.println(lines.get(i + 1));
            KindNames.printUnavailability(out, kinds.get(i).availability());
        }
    }

    private static List<String> cells(MemoryKind kind) {
        return List.of(
                kind.name(),
                kind.availability().available() ? "yes" : "no",
                ByteSizes.text(kind.pageByteSize()),
                ByteSizes.text(kind.capacityBytes()),
                ByteSizes.text(kind.limitBytes()));
    }
}
