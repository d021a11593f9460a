package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.cli.json.MiniJson;
import io.memkind.settings.Setting;
import io.memkind.settings.Settings;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

final class SettingsCommandTest {
    private static CommandRun run(Map<String, String> settings, String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = new CommandLine(new SettingsCommand(settings))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(Failures::handleFailure)
                .execute(arguments);
        return new CommandRun(status, out.toString(), err.toString());
    }

    @Test
    void listsEachSettingWithItsValueAndOrigin() {
        String out = run(Map.of(
                        "MEMKIND_HOG_MEMORY", "1", "io.memkind.hbwThreshold", "5", "MEMKIND_HBW_THRESHOLD", "6"))
                .done()
                .out();
        for (Setting<?> setting : Settings.all()) {
            assertThat(out)
                    .containsPattern("(?m)^" + setting.variable() + " +" + setting.property() + " ")
                    .contains("    " + setting.purpose() + ": " + setting.acceptedForm() + "\n");
        }
        assertThat(out).containsPattern("(?m)^MEMKIND_HOG_MEMORY +\\S+ +1 +variable$");
        assertThat(out).containsPattern("(?m)^MEMKIND_HBW_THRESHOLD +\\S+ +5 +property$");
        assertThat(out).containsPattern("(?m)^MEMKIND_DEBUG +\\S+ +0 +default$");
    }

    @Test
    void listsThemAsJson() {
        List<?> array = (List<?>) MiniJson.parse(
                run(Map.of("MEMKIND_DEBUG", "1"), "--json").done().out());
        assertThat(array).hasSameSizeAs(Settings.all());
        for (int i = 0; i < array.size(); i++) {
            Map<?, ?> object = (Map<?, ?>) array.get(i);
            Setting<?> setting = Settings.all().get(i);
            assertThat(object.keySet().stream().map(Object::toString))
                    .containsExactly(
                            "variable", "property", "purpose", "accepted", "default", "value", "origin", "problem");
            assertThat(object.get("variable")).isEqualTo(setting.variable());
            assertThat(object.get("property")).isEqualTo(setting.property());
            assertThat(object.get("problem")).isEqualTo("");
            assertThat(object.get("origin"))
                    .isEqualTo(setting.variable().equals("MEMKIND_DEBUG") ? "variable" : "default");
        }
    }

    @Test
    void whatIsNotAcceptedIsAFailure() {
        CommandRun run = run(Map.of("MEMKIND_HOG_MEMORY", "x", "MEMKIND_HBW_NODES", "9999", "MEMKIND_DEBUG", "a\nb"));

        run.failed(
                1,
                "MEMKIND_HOG_MEMORY='x'",
                "MEMKIND_HBW_NODES='9999'",
                "node 9999 does not exist",
                "MEMKIND_DEBUG='a?b'");
        assertThat(run.out()).containsPattern("(?m)^MEMKIND_HOG_MEMORY +\\S+ +x +variable$");
    }

    @Test
    void isACommand() {
        assertThat(CommandRun.of("settings", "--help").done().out()).startsWith("Usage: memkind settings");
    }
}
