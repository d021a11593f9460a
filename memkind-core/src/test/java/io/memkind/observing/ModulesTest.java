package io.memkind.observing;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The library in JVMs that have fewer modules, and as a module. */
class ModulesTest {
    private static Path locationOf(Class<?> type) throws URISyntaxException {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    private static List<String> onClassPath(Class<?> program, String... options) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of(options));
        all.addAll(List.of(
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                locationOf(Kinds.class) + java.io.File.pathSeparator + locationOf(ModulesTest.class)));
        return ChildJvm.run(all, program);
    }

    private static List<String> asModule(Class<?> program, String... options) throws Exception {
        List<String> all = new java.util.ArrayList<>(List.of(options));
        all.addAll(List.of(
                "--enable-native-access=io.memkind",
                "-p",
                locationOf(Kinds.class).toString(),
                "--add-modules",
                "io.memkind",
                "-cp",
                locationOf(ModulesTest.class).toString()));
        return ChildJvm.run(all, program);
    }

    @Test
    void worksWithTheBaseModuleAlone() throws Exception {
        List<String> lines = onClassPath(BareProgram.class, "--limit-modules", "java.base");
        assertThat(lines)
                .startsWith("modules 1")
                .endsWith("after " + (32L << 20), "thread false")
                .hasSize(4);
        assertThat(lines.get(1))
                .startsWith("before {\"memkind\":{\"total\":{\"allocatedBytes\":0,")
                .endsWith("\"kinds\":[]}}");
        assertThat(lines.get(1).replaceAll("[^1-9]", "")).isEmpty();
    }

    /* As in a run-time image that jlink made of the library alone. */
    @Test
    void worksAsAModuleWithTheBaseModuleAlone() throws Exception {
        assertThat(asModule(BareProgram.class, "--limit-modules", "io.memkind"))
                .startsWith("modules 2")
                .endsWith("after " + (32L << 20), "thread false");
    }

    @Test
    void hasABeanAndEventsOnTheClassPath() throws Exception {
        assertThat(onClassPath(ModularProgram.class))
                .containsExactly(
                        "module null", "bean io.memkind:type=Kinds", "memkind_default " + (10L << 20), "events 3");
    }

    @Test
    void hasABeanAndEventsAsAModule() throws Exception {
        assertThat(asModule(ModularProgram.class))
                .containsExactly(
                        "module io.memkind",
                        "bean io.memkind:type=Kinds",
                        "memkind_default " + (10L << 20),
                        "events 3");
    }

    /* The recording is older than the first kind, and has its very first extent. */
    @Test
    void aRecordingFromTheStartHasEverythingFromTheStart(@TempDir Path directory) throws Exception {
        Path file = directory.resolve("start.jfr");
        Path profile = locationOf(Kinds.class).resolve("memkind.jfc");
        onClassPath(
                BareProgram.class,
                "-Xlog:disable",
                "-XX:StartFlightRecording:settings=default,settings=" + profile + ",filename=" + file);
        long bytes = 0;
        for (RecordedEvent event : RecordingFile.readAllEvents(file)) {
            boolean maps = event.getEventType().getName().equals("io.memkind.ExtentMap");
            if (maps && event.getString("kind").equals("bare")) {
                bytes += event.getLong("byteSize");
            }
        }
        assertThat(bytes).isGreaterThan(32L << 20);
    }

    @Test
    void hasNoBeanWhereItIsNotWanted() throws Exception {
        assertThat(onClassPath(BareProgram.class, "-Dio.memkind.management=false"))
                .endsWith("thread false");
        assertThat(onClassPath(BareProgram.class)).endsWith("thread true");
    }
}
