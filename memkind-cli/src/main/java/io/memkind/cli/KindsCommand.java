package io.memkind.cli;

import io.memkind.KindReport;
import io.memkind.Kinds;
import io.memkind.attribute.NodePolicy;
import io.memkind.cli.json.JsonObject;
import io.memkind.cli.text.ByteSizes;
import io.memkind.cli.text.Column;
import io.memkind.cli.text.NumberRanges;
import io.memkind.cli.text.TextTable;
import io.memkind.settings.Settings;
import io.memkind.topology.Topology;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Tells which kinds there are. */
@Command(
        name = "kinds",
        description = {
            "List the kinds of memory: which are available here, on which nodes, and if not, why and what helps.",
            "",
            "MEMKIND_HBW_NODES, MEMKIND_HBW_THRESHOLD and MEMKIND_DAX_KMEM_NODES are heeded.",
            ""
        })
final class KindsCommand extends CliCommand {
    private static final List<Column> COLUMNS = List.of(
            Column.left("kind"),
            Column.left("available"),
            Column.left("nodes"),
            Column.left("policy"),
            Column.right("page"),
            Column.right("capacity"));

    private final Map<String, String> environment;

    @Option(names = "--json", description = "Print JSON: an array of objects.")
    private boolean json;

    @Mixin
    private final MachineOptions machine = new MachineOptions();

    KindsCommand() {
        this(Settings.ofProcess());
    }

    KindsCommand(Map<String, String> environment) {
        this.environment = environment;
    }

    @Override
    void run(PrintWriter out) {
        Topology topology = machine.readInUse(environment, err());
        List<KindReport> reports = Kinds.all().stream()
                .map(kind -> kind.report(topology, environment))
                .toList();
        if (json) {
            out.println(JsonObject.arrayOf(
                    reports.stream().map(KindsCommand::toJson).toList()));
        } else {
            printTable(out, reports);
        }
    }

    private static JsonObject toJson(KindReport report) {
        return new JsonObject()
                .put("name", report.name())
                .put("available", report.availability().available())
                .put("reason", report.availability().reason())
                .put("remedy", report.availability().remedy())
                .putNumbers("nodes", report.nodes())
                .put("nodesByInitiator", nodesByInitiator(report))
                .put("policy", policy(report))
                .put("pageBytes", report.pageByteSize())
                .put("capacityBytes", report.capacityBytes());
    }

    private static JsonObject nodesByInitiator(KindReport report) {
        JsonObject object = new JsonObject();
        report.nodesByInitiator().forEach((initiator, nodes) -> object.putNumbers(String.valueOf(initiator), nodes));
        return object;
    }

    private static void printTable(PrintWriter out, List<KindReport> reports) {
        List<String> lines = TextTable.lines(
                COLUMNS, reports.stream().map(KindsCommand::cells).toList());
        out.println(lines.get(0));
        for (int i = 0; i < reports.size(); i++) {
            out.println(lines.get(i + 1));
            KindNames.printUnavailability(out, reports.get(i).availability());
        }
    }

    private static List<String> cells(KindReport report) {
        return List.of(
                report.name(),
                report.availability().available() ? "yes" : "no",
                report.nodes().isEmpty() ? "-" : NumberRanges.text(report.nodes()),
                policy(report),
                ByteSizes.text(report.pageByteSize()),
                ByteSizes.text(report.capacityBytes()));
    }

    private static String policy(KindReport report) {
        return report.policy() == NodePolicy.NONE
                ? "none"
                : report.policy().name().toLowerCase(Locale.ROOT);
    }
}
