package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.cli.json.MiniJson;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

final class KindsCommandTest {
    @TempDir
    private Path root;

    @Test
    void listsEachKind() {
        String out = CommandRun.of("kinds").done().out();
        for (MemoryKind kind : Kinds.all()) {
            assertThat(out.lines()).anyMatch(line -> line.startsWith(kind.name() + " "));
            if (!kind.availability().available()) {
                assertThat(out).contains("reason: " + kind.availability().reason());
            }
        }
    }

    @Test
    void listsEachKindAsJson() {
        Object parsed = MiniJson.parse(CommandRun.of("kinds", "--json").done().out());
        assertThat(parsed)
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .hasSize(Kinds.all().size());
        List<?> array = (List<?>) parsed;
        for (int i = 0; i < array.size(); i++) {
            MemoryKind kind = Kinds.all().get(i);
            Map<?, ?> object = (Map<?, ?>) array.get(i);
            assertThat(object.keySet().stream().map(Object::toString))
                    .containsExactly(
                            "name",
                            "available",
                            "reason",
                            "remedy",
                            "nodes",
                            "nodesByInitiator",
                            "policy",
                            "pageBytes",
                            "capacityBytes");
            assertThat(object.get("name")).isEqualTo(kind.name());
            assertThat(object.get("available")).isEqualTo(kind.availability().available());
            assertThat(object.get("reason")).isEqualTo(kind.availability().reason());
            assertThat(object.get("remedy")).isEqualTo(kind.availability().remedy());
            assertThat(object.get("pageBytes")).isEqualTo((double) kind.pageByteSize());
            assertThat(object.get("nodes"))
                    .isEqualTo(kind.report().nodes().stream()
                            .map(Integer::doubleValue)
                            .toList());
        }
    }

    /* Two sockets, each with a node of fast memory, as in NodeListCommandTest. */
    private CommandRun onCapturedMachine(Map<String, String> environment, String... arguments) throws IOException {
        CapturedMachine.plant(root);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new KindsCommand(environment))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(Failures::handleFailure);
        List<String> all = new ArrayList<>(List.of("--sysfs", root.toString()));
        all.addAll(List.of(arguments));
        int status = line.execute(all.toArray(new String[0]));
        return new CommandRun(status, out.toString(), err.toString());
    }

    @Test
    void answersForACapturedMachine() throws IOException {
        String out = onCapturedMachine(Map.of()).done().out();
        assertThat(out).containsPattern("(?m)^memkind_hbw +yes +2-3 +bind ");
        assertThat(out).containsPattern("(?m)^memkind_regular +yes +0-1 +bind ");
        assertThat(out).containsPattern("(?m)^memkind_hbw_preferred +yes +2-3 +preferred ");
        assertThat(out).containsPattern("(?m)^memkind_dax_kmem +no +- +bind ");
        assertThat(out).containsPattern("(?m)^memkind_hugetlb +no ");
    }

    @Test
    void heedsTheVariablesAndTellsWhichIsWrong() throws IOException {
        String named =
                onCapturedMachine(Map.of("MEMKIND_HBW_NODES", "0")).done().out();
        assertThat(named).containsPattern("(?m)^memkind_hbw +yes +0 +bind ");
        String wrong =
                onCapturedMachine(Map.of("MEMKIND_HBW_NODES", "9")).done().out();
        assertThat(wrong).containsPattern("(?m)^memkind_hbw +no .*\n +reason: MEMKIND_HBW_NODES='9'");
        assertThat(wrong).containsPattern("(?m)^memkind_regular +yes ");
    }

    @Test
    void tellsTheNodesSeenFromEachNode() throws IOException {
        List<?> array = (List<?>)
                MiniJson.parse(onCapturedMachine(Map.of(), "--json").done().out());
        Map<?, ?> hbw = array.stream()
                .map(object -> (Map<?, ?>) object)
                .filter(object -> "memkind_hbw".equals(object.get("name")))
                .findFirst()
                .orElseThrow();
        assertThat(hbw.get("nodesByInitiator")).isEqualTo(Map.of("0", List.of(2.0), "1", List.of(3.0)));
        assertThat(hbw.get("policy")).isEqualTo("bind");
        assertThat(hbw.get("capacityBytes")).isEqualTo((double) (2L << 30));
    }
}
