package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.cli.json.MiniJson;
import io.memkind.measure.MeasuredAttributes;
import io.memkind.measure.MeasuredPair;
import io.memkind.measure.MeasurementStore;
import io.memkind.topology.AttributeOrigin;
import io.memkind.topology.NumaNode;
import io.memkind.topology.Topology;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** Measurements of this machine, which must have a node with processors and memory, in a cache directory of their own. */
final class MeasureCommandTest {
    @TempDir
    private Path cache;

    private final Topology topology = Topology.read();
    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void needsANode() {
        environment.put("XDG_CACHE_HOME", cache.toString());
        if (topology.nodes().stream().noneMatch(MeasureCommandTest::isOrdinary)) {
            String reason = "Skipped: no NUMA node with processors and memory here";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
    }

    private static boolean isOrdinary(NumaNode node) {
        return !node.cpus().isEmpty() && node.totalBytes() > 0;
    }

    private CommandRun run(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        CommandLine line = new CommandLine(new TopologyCommand(environment))
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .setExecutionExceptionHandler(Failures::handleFailure);
        int status = line.execute(arguments);
        line.getErr().flush();
        return new CommandRun(status, out.toString(), err.toString());
    }

    private MeasurementStore store() {
        return MeasurementStore.ofUser(environment, warning -> {
            throw new AssertionError(warning);
        });
    }

    /** Pretends that each pair was measured. */
    private void save() throws IOException {
        List<MeasuredPair> pairs = new ArrayList<>();
        for (NumaNode from : topology.nodes()) {
            for (NumaNode to : topology.nodesWithMemory()) {
                if (!from.cpus().isEmpty()) {
                    pairs.add(new MeasuredPair(
                            from.id(), to.id(), OptionalLong.of(4321), OptionalLong.of(87), 1 << 28, 0, 2, 5, ""));
                }
            }
        }
        store().save(topology, new MeasuredAttributes(Instant.parse("2026-11-24T12:00:00.5Z"), pairs));
    }

    private boolean firmwareTells() {
        return topology.nodes().stream()
                .flatMap(node -> node.access().stream())
                .anyMatch(access -> access.origin() == AttributeOrigin.FIRMWARE
                        && (access.bandwidthMiBps().isPresent()
                                || access.latencyNanos().isPresent()));
    }

    private String node() {
        return ""
                + topology.nodes().stream()
                        .filter(MeasureCommandTest::isOrdinary)
                        .findFirst()
                        .orElseThrow()
                        .id();
    }

    @Test
    void measuresStoresAndShows() throws IOException {
        CommandRun run = run("--measure", "--seconds", "1");
        if (run.status() != 0) { // a machine with little free memory, or a sandbox without the calls
            assertThat(run.err()).contains("memkind: nothing can be measured: ");
            return;
        }

        assertThat(run.err()).startsWith("measuring from node ").contains("(0 % done)");
        assertThat(run.out()).contains("read MiB/s, ns", "from node " + node(), "; measured at 20");
        assertThat(store().load(topology)).isPresent();
        try (Stream<Path> files = Files.list(cache.resolve("memkind"))) {
            assertThat(files).containsExactly(store().file(topology).orElseThrow());
        }
        assertThat(run().out()).contains("; measured at 20");
    }

    @Test
    void showsWhatWasStored() throws IOException {
        save();
        environment.put("MEMKIND_MEASURED", "prefer");
        CommandRun run = run().done();

        assertThat(run.out())
                .contains("bandwidth and latency: measured, by reading alone; measured at 2026-11-24T12:00:00Z\n")
                .contains("read MiB/s, ns")
                .contains("4321, 87")
                .contains("4321/-")
                .contains("87/-");
        assertThat(jsonNode().get("attributesInUse")).isEqualTo("measured");
        Map<?, ?> pair = (Map<?, ?>) ((List<?>) jsonNode().get("measured")).get(0);
        assertThat(pair.get("readBandwidthMiBps")).isEqualTo(4321.0);
        assertThat(pair.get("readLatencyNanos")).isEqualTo(87.0);
        assertThat(pair.get("reason")).isEqualTo("");
    }

    private Map<?, ?> jsonNode() {
        Map<?, ?> json = (Map<?, ?>) MiniJson.parse(run("--json").done().out());
        assertThat(json.get("measurement")).isEqualTo(Map.of("measuredAt", "2026-11-24T12:00:00.500Z"));
        return (Map<?, ?>) ((List<?>) json.get("nodes"))
                .stream()
                        .filter(node -> ((Map<?, ?>) node).get("id").equals(Double.valueOf(node())))
                        .findFirst()
                        .orElseThrow();
    }

    @Test
    void showsItToo() throws IOException {
        save();
        environment.put("MEMKIND_MEASURED", "ignore");

        assertThat(run().done().out()).contains("4321, 87").doesNotContain("4321/-");
        assertThat(jsonNode().get("attributesInUse")).isEqualTo(firmwareTells() ? "firmware" : "none");
    }

    @Test
    void theDefaultIsToFallBack() throws IOException {
        save();

        assertThat(jsonNode().get("attributesInUse")).isEqualTo(firmwareTells() ? "firmware" : "measured");
    }

    @Test
    void aChoiceThatIsNoneFails() {
        environment.put("MEMKIND_MEASURED", "yes");

        run().failed(1, "MEMKIND_MEASURED='yes': set it to one of ignore, fallback, prefer");
    }

    @Test
    void aBadFileIsOneWarning() throws IOException {
        save();
        Files.writeString(store().file(topology).orElseThrow(), "junk");
        CommandRun run = run();

        assertThat(run.status()).isZero();
        assertThat(run.err())
                .startsWith("memkind: ignored " + cache)
                .contains("line 1 has no 'memkind measured attributes, version'")
                .hasLineCount(1);
        assertThat(run.out()).doesNotContain("measured at");
    }

    @Test
    void whatCannotBeStoredIsShownAllTheSame() throws IOException {
        Files.writeString(cache.resolve("memkind"), "a file where a directory belongs");
        CommandRun run = run("--measure", "--seconds", "1");

        assertThat(run.status()).isOne();
        assertThat(run.err().lines().toList().getLast())
                .matches(
                        "memkind: (what was measured is not stored: .* cannot be written: |nothing can be measured).*");
    }
}
