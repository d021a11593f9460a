package io.memkind.cli;

import io.memkind.cli.json.JsonObject;
import io.memkind.cli.text.Column;
import io.memkind.cli.text.OneLine;
import io.memkind.cli.text.TextTable;
import io.memkind.settings.Setting;
import io.memkind.settings.Setting.Given;
import io.memkind.settings.SettingException;
import io.memkind.settings.SettingOrigin;
import io.memkind.settings.Settings;
import io.memkind.topology.NodeOverrides;
import io.memkind.topology.Topology;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells what can be set from outside, and what is. */
@Command(
        name = "settings",
        description = {
            "List the settings: environment variables, and the system properties that go before them (-Dname=value), with the"
                    + " values in force here and what is accepted.",
            "",
            "Exit status: 0 done; 1 a value is not accepted; 2 wrong usage.",
            ""
        })
final class SettingsCommand extends CliCommand {
    private static final List<Column> COLUMNS =
            List.of(Column.left("variable"), Column.left("property"), Column.left("value"), Column.left("from"));

    private final Map<String, String> settings;

    @Option(names = "--json", description = "Print JSON: an array of objects.")
    private boolean json;

    SettingsCommand() {
        this(Settings.ofProcess());
    }

    SettingsCommand(Map<String, String> settings) {
        this.settings = settings;
    }

    @Override
    void run(PrintWriter out) {
        if (json) {
            out.println(
                    JsonObject.arrayOf(Settings.all().stream().map(this::toJson).toList()));
        } else {
            print(out);
        }
        List<String> problems = Settings.all().stream()
                .flatMap(setting -> problem(setting).stream())
                .toList();
        if (!problems.isEmpty()) {
            throw new CommandFailure(String.join("; ", problems));
        }
    }

    private void print(PrintWriter out) {
        List<List<String>> rows = new ArrayList<>();
        for (Setting<?> setting : Settings.all()) {
            rows.add(List.of(setting.variable(), setting.property(), OneLine.of(text(setting)), origin(setting)));
        }
        List<String> lines = TextTable.lines(COLUMNS, rows);
        out.println(lines.get(0));
        for (int i = 0; i < rows.size(); i++) {
            Setting<?> setting = Settings.all().get(i);
            out.println(lines.get(i + 1));
            out.println("    " + setting.purpose() + ": " + setting.acceptedForm());
        }
    }

    private JsonObject toJson(Setting<?> setting) {
        return new JsonObject()
                .put("variable", setting.variable())
                .put("property", setting.property())
                .put("purpose", setting.purpose())
                .put("accepted", setting.acceptedForm())
                .put("default", setting.defaultText())
                .put("value", text(setting))
                .put("origin", origin(setting))
                .put("problem", problem(setting).orElse(""));
    }

    private String text(Setting<?> setting) {
        return setting.given(settings).map(Given::text).orElse(setting.defaultText());
    }

    private String origin(Setting<?> setting) {
        return setting.given(settings)
                .map(Given::origin)
                .orElse(SettingOrigin.DEFAULT)
                .name()
                .toLowerCase(Locale.ROOT);
    }

    /* Lists of nodes are judged by the machine. */
    private Optional<String> problem(Setting<?> setting) {
        Optional<Given> given = setting.given(settings);
        try {
            setting.value(settings);
            if (given.isPresent() && (setting == Settings.HBW_NODES || setting == Settings.DAX_KMEM_NODES)) {
                Map<String, String> alone =
                        Map.of(given.get().name(), given.get().text());
                NodeOverrides.fromEnvironment(alone, Topology.read());
            }
            return Optional.empty();
        } catch (SettingException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
