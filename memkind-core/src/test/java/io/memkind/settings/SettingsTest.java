package io.memkind.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memkind.measure.MeasuredUse;
import io.memkind.topology.NodeOverrides;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class SettingsTest {
    static List<Setting<?>> all() {
        return Settings.all();
    }

    @Test
    void haveTheNamesOfTheCLibrary() {
        assertThat(Settings.all())
                .extracting(Setting::variable)
                .containsExactly(
                        NodeOverrides.HBW_NODES_VARIABLE,
                        NodeOverrides.HBW_THRESHOLD_VARIABLE,
                        NodeOverrides.DAX_KMEM_NODES_VARIABLE,
                        MeasuredUse.VARIABLE,
                        "MEMKIND_ARENA_NUM_PER_KIND",
                        "MEMKIND_HOG_MEMORY",
                        "MEMKIND_BACKGROUND_THREAD_LIMIT",
                        "MEMKIND_HEAP_MANAGER",
                        "MEMKIND_DEBUG",
                        "MEMKIND_LOG_FILE");
        assertThat(Settings.MEASURED.property()).isEqualTo(MeasuredUse.PROPERTY);
    }

    /* MEMKIND_HBW_NODES, io.memkind.hbwNodes. */
    @ParameterizedTest
    @MethodSource("all")
    void propertiesAreNamedAfterTheVariables(Setting<?> setting) {
        String words = setting.property().replaceFirst("^io\\.memkind\\.", "").replaceAll("([A-Z])", "_$1");

        assertThat("MEMKIND_" + words.toUpperCase(java.util.Locale.ROOT)).isEqualTo(setting.variable());
        assertThat(setting.toString()).isEqualTo(setting.variable());
        assertThat(Stream.of(setting.purpose(), setting.acceptedForm(), setting.defaultText()))
                .allSatisfy(text -> assertThat(text).isNotBlank().doesNotEndWith("."));
    }

    @ParameterizedTest
    @MethodSource("all")
    void nothingGivenIsTheDefault(Setting<?> setting) {
        assertThat(setting.given(Map.of("PATH", "/bin"))).isEmpty();
        assertThat(setting.value(Map.of("PATH", "/bin"))).isNotNull();
    }

    @Test
    void thePropertyGoesBeforeTheVariable() {
        Map<String, String> both = Map.of("MEMKIND_HOG_MEMORY", "1", "io.memkind.hogMemory", "0");

        assertThat(Settings.HOG_MEMORY.value(both)).isFalse();
        assertThat(Settings.HOG_MEMORY.given(both))
                .contains(new Setting.Given(SettingOrigin.PROPERTY, "io.memkind.hogMemory", "0"));
        assertThat(Settings.HOG_MEMORY.value(Map.of("MEMKIND_HOG_MEMORY", "1"))).isTrue();
        assertThat(Settings.HOG_MEMORY.given(Map.of("MEMKIND_HOG_MEMORY", "1")))
                .contains(new Setting.Given(SettingOrigin.VARIABLE, "MEMKIND_HOG_MEMORY", "1"));
    }

    @ParameterizedTest
    @CsvSource({
        "MEMKIND_ARENA_NUM_PER_KIND, 1, 1",
        "MEMKIND_ARENA_NUM_PER_KIND, 007, 7",
        "MEMKIND_ARENA_NUM_PER_KIND, 4096, 4096",
        "MEMKIND_HOG_MEMORY, 1, true",
        "MEMKIND_HOG_MEMORY, 0, false",
        "MEMKIND_BACKGROUND_THREAD_LIMIT, '', 0",
        "MEMKIND_BACKGROUND_THREAD_LIMIT, 4294967295, 4294967295",
        "MEMKIND_HBW_THRESHOLD, '', 0",
        "MEMKIND_HEAP_MANAGER, TBB, Optional[TBB]",
        "MEMKIND_DEBUG, 1, true",
        "MEMKIND_LOG_FILE, /tmp/%p.log, Optional[/tmp/%p.log]",
        "MEMKIND_MEASURED, ignore, ignore",
        "MEMKIND_HBW_NODES, '', Optional[]",
    })
    void whatIsUnderstood(String variable, String value, String expected) {
        assertThat(setting(variable).value(Map.of(variable, value))).hasToString(expected);
    }

    private static Setting<?> setting(String variable) {
        return Settings.all().stream()
                .filter(setting -> setting.variable().equals(variable))
                .findFirst()
                .orElseThrow();
    }

    @ParameterizedTest
    @CsvSource({
        "MEMKIND_ARENA_NUM_PER_KIND, 'junk,-1,0,,5x, 5,4097,99999999999999999999,0x10,1.5'",
        "MEMKIND_HOG_MEMORY, 'junk,-1,,2,1x,11,yes,true, 1'",
        "MEMKIND_BACKGROUND_THREAD_LIMIT, 'junk,-1,5x,4294967296,99999999999999999999,1e3'",
        "MEMKIND_HBW_THRESHOLD, 'junk,-1,5x,4294967296'",
        "MEMKIND_HEAP_MANAGER, ', '",
        "MEMKIND_DEBUG, 'junk,-1,,2,1x'",
        "MEMKIND_LOG_FILE, ', '",
        "MEMKIND_MEASURED, 'junk,-1,,IGNORE'",
    })
    void whatIsNotIsRefusedWithNameValueAndForm(String variable, String values) {
        Setting<?> setting = setting(variable);
        for (String value : values.split(",", -1)) {
            for (String name : List.of(variable, setting.property())) {
                assertThatExceptionOfType(SettingException.class)
                        .isThrownBy(() -> setting.value(Map.of(name, value)))
                        .withMessageStartingWith(name + "='" + value + "'")
                        .withMessageEndingWith(": set it to " + setting.acceptedForm())
                        .satisfies(e -> assertThat(List.of(e.name(), e.value(), e.acceptedForm()))
                                .containsExactly(name, value, setting.acceptedForm()));
            }
        }
    }

    @Test
    void theMessageIsOneLineOfLimitedLength() {
        String value = "a\nb\tc\u007f" + "x".repeat(10_000);
        assertThatExceptionOfType(SettingException.class)
                .isThrownBy(() -> Settings.HOG_MEMORY.value(Map.of("MEMKIND_HOG_MEMORY", value)))
                .withMessageStartingWith("MEMKIND_HOG_MEMORY='a?b?c?xxx")
                .withMessageEndingWith("x…' is not understood: set it to 1 for yes or 0 for no")
                .satisfies(e -> assertThat(e.value()).isEqualTo(value))
                .satisfies(e -> assertThat(e.getMessage()).hasSizeLessThan(300));
    }

    @Test
    void aValueThatFitsNothingIsRefusedTheSameWay() {
        Setting.Given given = new Setting.Given(SettingOrigin.VARIABLE, "MEMKIND_HEAP_MANAGER", "XYZ");

        assertThat(Settings.HEAP_MANAGER.refusal(given, " is no heap manager here"))
                .hasMessage("MEMKIND_HEAP_MANAGER='XYZ' is no heap manager here: set it to the name of a heap manager");
    }

    @ParameterizedTest
    @ValueSource(strings = {"io.memkind.hogMemory", "io.memkind.test"})
    void theProcessHasItsPropertiesAsTheyAre(String name) {
        Map<String, String> process = Settings.ofProcess();
        assertThat(process).doesNotContainKey(name).containsAllEntriesOf(withoutProperties(System.getenv()));
        System.setProperty(name, "1");
        try {
            assertThat(process).containsEntry(name, "1");
            assertThat(process.get(name)).isEqualTo("1");
            assertThat(Settings.HOG_MEMORY.value()).isEqualTo(name.equals("io.memkind.hogMemory"));
        } finally {
            System.clearProperty(name);
        }
        assertThat(process.get(name)).isNull();
        assertThat(process.get("java.home")).isNull();
        assertThat(process).doesNotContainKey("java.home");
    }

    private static Map<String, String> withoutProperties(Map<String, String> environment) {
        Map<String, String> copy = new HashMap<>(environment);
        copy.keySet().removeIf(name -> name.startsWith("io.memkind."));
        return copy;
    }

    @Test
    void aNodeListIsJudgedByTheMachine() {
        assertThat(Settings.HBW_NODES.value(Map.of("MEMKIND_HBW_NODES", "junk")))
                .isEqualTo(Optional.of("junk"));
        assertThat(Settings.DAX_KMEM_NODES.value(Map.of())).isEmpty();
    }
}
