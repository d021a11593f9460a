package io.memkind.observing;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.settings.Setting;
import io.memkind.settings.Settings;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Variables and properties of a process: each bad value is reported by what it is about, and harms nothing else. */
class SettingsProgramTest {
    /* Which step of the program tells which variable. Those that concern many kinds at once have tests of their own. */
    private static final Map<String, String> CONCERNED = Map.of(
            "MEMKIND_HBW_NODES", "hbw",
            "MEMKIND_DAX_KMEM_NODES", "dax",
            "MEMKIND_ARENA_NUM_PER_KIND", "virtual",
            "MEMKIND_BACKGROUND_THREAD_LIMIT", "threads");

    @TempDir
    private Path directory;

    private record Run(int status, Map<String, String> outcomes, List<String> errors) {}

    private Run run(Map<String, String> environment, String... options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(
                List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(), "-Xmx64m", "-Xshare:auto"));
        command.addAll(List.of(options));
        command.addAll(List.of(
                "-XX:-UsePerfData",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                SettingsProgram.class.getName()));
        Path errors = directory.resolve("stderr");
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        Settings.all().forEach(setting -> builder.environment().remove(setting.variable()));
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        Map<String, String> outcomes = new HashMap<>();
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                .lines()
                .forEach(line -> outcomes.put(line.split(": ", 2)[0], line));
        return new Run(process.waitFor(), outcomes, Files.readAllLines(errors));
    }

    private static void assertGoesOn(Run run) {
        assertThat(run.status()).as("%s", run).isZero();
        assertThat(run.outcomes()).containsEntry("end", "end").containsEntry("default", "default: ok");
        assertThat(run.outcomes().values())
                .noneMatch(line -> line.contains("Initializer") || line.contains("ClassDef"));
    }

    private static String formOf(String variable) {
        return Settings.all().stream()
                .filter(setting -> setting.variable().equals(variable))
                .map(Setting::acceptedForm)
                .findFirst()
                .orElseThrow();
    }

    /* An empty list is one without nodes, and an empty limit none. */
    @ParameterizedTest
    @ValueSource(strings = {"junk", "-1", "99999999999999999999", "1x", "1 "})
    void eachBadValueIsToldByWhatItConcerns(String value) throws Exception {
        Map<String, String> all = new HashMap<>();
        CONCERNED.keySet().forEach(variable -> all.put(variable, value));
        Run run = run(all);

        assertGoesOn(run);
        CONCERNED.forEach((variable, step) -> assertThat(run.outcomes().get(step))
                .contains(variable + "='" + value + "'")
                .contains(variable.endsWith("_NODES") ? "write for instance 0-1,3" : formOf(variable)));
        assertThat(run.outcomes()).containsEntry("built", "built: ok").containsEntry("regular", "regular: ok");
        assertThat(run.errors()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"junk", "-1", "99999999999999999999", "1x", ""})
    void badHoggingIsToldByTheKindsThatWouldHog(String value) throws Exception {
        Run run = run(Map.of("MEMKIND_HOG_MEMORY", value));

        assertGoesOn(run);
        String told = "MEMKIND_HOG_MEMORY='" + value + "' is not understood: set it to " + formOf("MEMKIND_HOG_MEMORY");
        assertThat(run.outcomes().get("regular"))
                .startsWith("regular: KindExhaustedException")
                .contains(told);
        assertThat(run.outcomes()).containsEntry("built", "built: SettingException " + told);
        assertThat(run.outcomes())
                .containsEntry("virtual", "virtual: ok")
                .containsEntry("builtOverRegular", "builtOverRegular: ok");
        assertThat(run.errors()).isEmpty();
    }

    @Test
    void emptyValues() throws Exception {
        Map<String, String> all = new HashMap<>();
        CONCERNED.keySet().forEach(variable -> all.put(variable, ""));
        Run run = run(all);

        assertGoesOn(run);
        assertThat(run.outcomes().get("hbw")).contains("MEMKIND_HBW_NODES");
        assertThat(run.outcomes().get("dax")).contains("MEMKIND_DAX_KMEM_NODES");
        assertThat(run.outcomes().get("virtual")).contains("MEMKIND_ARENA_NUM_PER_KIND=''");
        assertThat(run.outcomes()).containsEntry("threads", "threads: ok");
    }

    @ParameterizedTest
    @ValueSource(strings = {"junk", ""})
    void aBadUseOfMeasurementsIsToldByTheKindsThatGoBySpeeds(String value) throws Exception {
        Run run = run(Map.of("MEMKIND_MEASURED", value));

        assertGoesOn(run);
        for (String step : List.of("hbw", "latency")) {
            assertThat(run.outcomes().get(step))
                    .contains("MEMKIND_MEASURED='" + value + "': set it to " + formOf("MEMKIND_MEASURED"));
        }
        assertThat(run.outcomes()).containsEntry("regular", "regular: ok");
    }

    @Test
    void aBadThresholdIsToldByTheKindsThatCompareBandwidths() throws Exception {
        for (String value : List.of("junk", "-1", "4294967296", "5x")) {
            Run run = run(Map.of("MEMKIND_HBW_THRESHOLD", value));
            assertGoesOn(run);
            assertThat(run.outcomes().get("hbw")).contains("MEMKIND_HBW_THRESHOLD='" + value + "'");
            assertThat(run.outcomes()).containsEntry("regular", "regular: ok");
        }
    }

    @ParameterizedTest
    @CsvSource("MEMKIND_HEAP_MANAGER, io.memkind.heapManager")
    void aBadHeapManagerFailsTheKindsAndNotTheirClass(String variable, String property) throws Exception {
        for (String value : List.of("junk", "")) {
            Run ofVariable = run(Map.of(variable, value));
            Run ofProperty = run(Map.of(), "-D" + property + "=" + value);
            for (Run run : List.of(ofVariable, ofProperty)) {
                assertThat(run.status()).isZero();
                assertThat(run.outcomes()).containsKey("end");
            }
            assertThat(ofVariable.outcomes().get("default")).startsWith("default: SettingException " + variable);
            assertThat(ofProperty.outcomes().get("default")).startsWith("default: SettingException " + property);
        }
    }

    @Test
    void propertiesGoBeforeVariables() throws Exception {
        Run run = run(
                Map.of("MEMKIND_HOG_MEMORY", "junk", "MEMKIND_ARENA_NUM_PER_KIND", "3"),
                "-Dio.memkind.hogMemory=1",
                "-Dio.memkind.arenaNumPerKind=0");

        assertGoesOn(run);
        assertThat(run.outcomes()).containsEntry("built", "built: ok").containsEntry("regular", "regular: ok");
        assertThat(run.outcomes())
                .containsEntry("keptByInterleave", "keptByInterleave: true")
                .containsEntry("keptByDefault", "keptByDefault: false");
        assertThat(run.outcomes().get("virtual"))
                .startsWith("virtual: SettingException io.memkind.arenaNumPerKind='0'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"1", "3", "4096"})
    void anyCountOfArenasServesVirtualThreads(String count) throws Exception {
        Run run = run(Map.of("MEMKIND_ARENA_NUM_PER_KIND", count));
        assertGoesOn(run);
        assertThat(run.outcomes()).containsEntry("virtual", "virtual: ok");
    }

    @Test
    void withDebugEachKindThatIsUsedIsTold() throws Exception {
        Run run = run(Map.of("MEMKIND_DEBUG", "1"));

        assertGoesOn(run);
        assertThat(run.errors())
                .contains("MEMKIND_INFO: Initializing kind memkind_default")
                .anyMatch(line -> line.startsWith("MEMKIND_INFO: memkind_default: any nodes, pages of "))
                .anyMatch(line -> line.startsWith("MEMKIND_INFO: memkind_dax_kmem has no memory for 100 bytes: "))
                .contains("MEMKIND_INFO: Closing kind memkind_default")
                .allMatch(line -> line.startsWith("MEMKIND_INFO: "));
        assertThat(run.errors())
                .filteredOn(line -> line.endsWith("Initializing kind memkind_regular"))
                .hasSize(2); // the static kind, and the one that is built over it
    }

    @Test
    void theLogFileHasTheSameAndStandardErrorNothing() throws Exception {
        Path log = directory.resolve("memkind.log");
        Run run = run(Map.of(), "-Dio.memkind.logFile=" + log);

        assertGoesOn(run);
        assertThat(run.errors()).isEmpty();
        assertThat(Files.readAllLines(log))
                .anyMatch(line -> line.endsWith(" Initializing kind memkind_default"))
                .anyMatch(line -> line.contains(" memkind_dax_kmem has no memory for 100 bytes: "));
    }

    @ParameterizedTest
    @CsvSource({"MEMKIND_DEBUG, 2", "MEMKIND_DEBUG, ''", "MEMKIND_LOG_FILE, /nowhere/x", "MEMKIND_LOG_FILE, ''"})
    void whatIsWrongAboutTheLogIsOneWarning(String variable, String value) throws Exception {
        Run run = run(Map.of(variable, value));

        assertGoesOn(run);
        assertThat(run.errors())
                .singleElement()
                .asString()
                .startsWith("MEMKIND_WARNING: " + variable + "='" + value + "'");
    }

    @Test
    void nothingIsSaidUnasked() throws Exception {
        Run run = run(Map.of());
        assertGoesOn(run);
        assertThat(run.errors()).isEmpty();
        assertThat(run.outcomes()).containsEntry("virtual", "virtual: ok").containsEntry("regular", "regular: ok");
        assertThat(run.outcomes()).containsEntry("keptByInterleave", "keptByInterleave: false");
    }
}
