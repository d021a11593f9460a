package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.cli.json.MiniJson;
import io.memkind.cli.trace.Operation;
import io.memkind.cli.trace.RandomTraces;
import io.memkind.cli.trace.TraceWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ReplayCommandTest {
    private static final int EVENT_COUNT = 10_000;

    @TempDir
    private Path directory;

    private String single = "";
    private String threaded = "";

    @BeforeEach
    void writeTraces() {
        single = RandomTraces.writer(1, EVENT_COUNT, 1)
                .writeTo(directory.resolve("single.mktrace.gz"))
                .toString();
        threaded = RandomTraces.writer(2, EVENT_COUNT, 4)
                .writeTo(directory.resolve("four.mktrace.gz"))
                .toString();
    }

    @Test
    void printsATable() {
        String out = CommandRun.of("replay", "--repeat", "2", single, threaded)
                .done()
                .out();
        assertThat(out.lines()).hasSize(3);
        assertThat(out).contains("single", "four", " st ", " no", "10000", "peak resident");
    }

    @Test
    void printsAnObjectALineAsJson() {
        String out = CommandRun.of(
                        "replay", "--json", "--threads", "--kind", "regular", "--repeat", "3", threaded, single)
                .done()
                .out();
        List<Map<?, ?>> results = out.lines()
                .<Map<?, ?>>map(line -> (Map<?, ?>) MiniJson.parse(line))
                .toList();
        assertThat(results).hasSize(2);
        Map<?, ?> first = results.get(0);
        assertThat(first.keySet().stream().map(Object::toString))
                .containsExactly(
                        "trace",
                        "kind",
                        "mode",
                        "events",
                        "medianNanosPerEvent",
                        "bestNanosPerEvent",
                        "peakLiveBytes",
                        "peakResidentBytes",
                        "residentAfterFreeBytes",
                        "residentAfterTrimBytes",
                        "verified",
                        "repeats");
        assertThat(first.get("trace")).isEqualTo(threaded);
        assertThat(first.get("kind")).isEqualTo(Kinds.REGULAR.name());
        assertThat(first.get("mode")).isEqualTo("mt");
        assertThat(first.get("events")).isEqualTo((double) EVENT_COUNT);
        assertThat(first.get("verified")).isEqualTo(false);
        assertThat(first.get("repeats")).isEqualTo(3.0);
    }

    @Test
    void verifiesOnOneThreadAndOnSeveral() {
        String out = CommandRun.of("replay", "--verify", "--repeat", "1", threaded)
                .done()
                .out();
        assertThat(out).contains(" st ", " yes", "Times are of verifying passes");
        out = CommandRun.of("replay", "--verify", "--threads", "--repeat", "1", threaded)
                .done()
                .out();
        assertThat(out).contains(" mt ", " yes", "Times are of verifying passes");
    }

    @Test
    void replaysOnAFileKindAndOnAFixedKind() {
        for (String kind : List.of("file:" + directory, "file:" + directory + ":256M", "fixed:256M")) {
            for (String mode : List.of("--repeat=1", "--threads")) {
                String out = CommandRun.of("replay", "--json", "--verify", mode, "--kind", kind, threaded, single)
                        .done()
                        .out();
                assertThat(out.lines()).hasSize(2);
                Map<?, ?> result =
                        (Map<?, ?>) MiniJson.parse(out.lines().findFirst().orElseThrow());
                assertThat(result.get("verified")).isEqualTo(true);
                assertThat((String) result.get("kind"))
                        .isEqualTo(kind.startsWith("file:") ? "memkind_file:" + directory : "fixed:268435456");
            }
        }
        assertThat(directory.toFile().list()).hasSize(2);
    }

    @Test
    void fileAndFixedKindsThatCannotBeAreExplained() {
        CommandRun.of("replay", "--kind", "file:", single).failed(2, "needs a directory");
        CommandRun.of("replay", "--kind", "file:" + directory + ":1M", single)
                .failed(2, "limit 1048576 is below", "16777216 bytes");
        CommandRun.of("replay", "--kind", "file:" + directory + "/none:64M", single)
                .failed(1, directory + "/none", "ENOENT");
        CommandRun.of("replay", "--kind", "file:" + directory + ":64X", single).failed(1, directory + ":64X", "ENOENT");
        CommandRun.of("replay", "--kind", "fixed:", single).failed(2, "'' is not a size");
        CommandRun.of("replay", "--kind", "fixed:1K", single).failed(2, "at least 65536 bytes, not 1024");
        CommandRun.of("replay", "--kind", "fixed:1000T", single).failed(1, "available are", "not 1099511627776000");
        CommandRun.of("replay", "--kind", "fixed:64K", single).failed(1, "its live objects need about", "65536 bytes");
        CommandRun.of("replay", "--kind", "nothing", single)
                .failed(2, "unknown kind 'nothing'", "memkind_regular", "file:DIR[:SIZE]", "fixed:SIZE");
    }

    @Test
    void aTraceThatIsNoneEndsTheCommandButNotWhatWasPrinted() throws IOException {
        Path bad = directory.resolve("bad\n\033name.mktrace.gz");
        Files.write(bad, Arrays.copyOf(Files.readAllBytes(Path.of(single)), 500));
        CommandRun run = CommandRun.of("replay", "--repeat", "1", single, bad.toString(), threaded);
        run.failed(1, "bad \\u001bname.mktrace.gz", "truncated");
        assertThat(run.out()).contains("single").doesNotContain("four");
        CommandRun.of("replay", directory.toString()).failed(1, "is a directory");
    }

    @Test
    void aTraceTooLargeForTheMachineIsRefused() {
        long half = 1L << 45;
        TraceWriter huge = new TraceWriter().event(Operation.MALLOC, 0, 0, half).event(Operation.MALLOC, 0, 1, half);
        String file = huge.writeTo(directory.resolve("huge.mktrace.gz")).toString();
        CommandRun.of("replay", file).failed(1, "its live objects need about", "70368744177664 asked for");
        CommandRun.of("replay", "--threads", "--no-touch", file).failed(1, "its live objects need about");
    }

    @Test
    void aTraceThatClaimsTooManyEventsIsRefused() {
        TraceWriter lying = new TraceWriter().event(Operation.MALLOC, 0, 0, 8).claim(1, 1, 1L << 40);
        String file = lying.writeTo(directory.resolve("lying.mktrace.gz")).toString();
        CommandRun.of("replay", file).failed(1, "1099511627776 events by its header");
    }

    @Test
    void anUnavailableKindSaysWhyAndWhatHelps() {
        Optional<MemoryKind> unavailable = Kinds.all().stream()
                .filter(kind -> !kind.availability().available())
                .findFirst();
        if (unavailable.isEmpty()) {
            System.out.println("Skipped: all kinds are available on this machine.");
        }
        Assumptions.assumeTrue(unavailable.isPresent(), "all kinds are available on this machine");
        MemoryKind kind = unavailable.get();
        CommandRun.of("replay", "--kind", kind.name(), single)
                .failed(
                        1,
                        kind.name() + " is not available: "
                                + kind.availability().reason());
    }
}
