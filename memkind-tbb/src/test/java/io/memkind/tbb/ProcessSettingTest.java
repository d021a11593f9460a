package io.memkind.tbb;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import io.memkind.programs.StaticKindProgram;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The manager of the static kinds, chosen for a process, on the class path and on the module path. */
@ExtendWith(NeedsTbb.class)
class ProcessSettingTest {
    private static final List<String> ON_THE_CLASS_PATH =
            List.of("--enable-native-access=ALL-UNNAMED", "-cp", System.getProperty("java.class.path"));

    private static String run(String variable, List<String> options) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xmx64m", "-XX:-UsePerfData"));
        command.addAll(options);
        command.add(StaticKindProgram.class.getName());
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().remove("MEMKIND_HEAP_MANAGER");
        if (!variable.isEmpty()) {
            builder.environment().put("MEMKIND_HEAP_MANAGER", variable);
        }
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(output).isZero();
        return output;
    }

    @Test
    void theVariableChoosesTbb() throws Exception {
        assertThat(run("TBB", ON_THE_CLASS_PATH)).isEqualTo("managed by another\ntrue\n");
    }

    @Test
    void withoutItTheOwnHeapManages() throws Exception {
        assertThat(run("", ON_THE_CLASS_PATH)).isEqualTo("managed by memkind\ntrue\n");
        assertThat(run("jemalloc", ON_THE_CLASS_PATH)).isEqualTo("managed by memkind\ntrue\n");
    }

    @Test
    void aNameOfNobodyIsAnExceptionOfTheFirstCall() throws Exception {
        assertThat(run("hoard", ON_THE_CLASS_PATH))
                .startsWith("SettingException: ")
                .contains("MEMKIND_HEAP_MANAGER", "\"hoard\"", "TBB")
                .hasLineCount(1);
    }

    private static String locationOf(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI())
                .toString();
    }

    @Test
    void theModuleIsFoundOnTheModulePath() throws Exception {
        List<String> options = List.of(
                "-Dio.memkind.heapManager=tbb",
                "--enable-native-access=io.memkind,io.memkind.tbb",
                "--module-path",
                locationOf(Kinds.class) + File.pathSeparator + locationOf(TbbHeapManager.class),
                "--add-modules",
                "io.memkind",
                "-cp",
                locationOf(StaticKindProgram.class));
        assertThat(run("", options)).isEqualTo("managed by another\ntrue\n");
    }
}
