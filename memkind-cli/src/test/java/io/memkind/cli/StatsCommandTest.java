package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.cli.json.MiniJson;
import io.memkind.cli.stats.RunningProgram;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Looks into real processes. */
final class StatsCommandTest {
    @SuppressWarnings("NullAway.Init")
    private static RunningProgram holder;

    @BeforeAll
    static void start() throws Exception {
        holder = RunningProgram.withKinds();
    }

    @AfterAll
    static void stop() {
        holder.close();
    }

    private static String pid() {
        return Long.toString(holder.pid());
    }

    @Test
    void showsTheKindsThatHoldSomething() {
        List<String> lines = CommandRun.of("stats", pid()).done().out().lines().toList();
        assertThat(lines.get(0)).startsWith("process " + pid() + " (io.memkind.cli.stats.KindHolder), memkind ");
        assertThat(lines.get(1)).startsWith("kind ").endsWith("limit");
        assertThat(lines.get(2)).matches("held kind +32\\.0 MiB .* 1 GiB");
        assertThat(lines.get(3)).startsWith("total ");
        assertThat(lines.get(4)).endsWith("hold nothing (--all shows them)");
        assertThat(lines).hasSize(5);
    }

    @Test
    void showsAllKindsWhenAsked() {
        assertThat(CommandRun.of("stats", "--all", pid()).done().out())
                .contains("\nmemkind_default ", "\nmemkind_hugetlb ", "\nheld kind ")
                .doesNotContain("hold nothing");
    }

    @Test
    void printsJson() {
        Map<?, ?> reading = (Map<?, ?>)
                MiniJson.parse(CommandRun.of("stats", "--json", pid()).done().out());
        assertThat(reading.get("pid")).isEqualTo((double) holder.pid());
        List<?> kinds = (List<?>) reading.get("kinds");
        Map<?, ?> held = (Map<?, ?>) kinds.get(kinds.size() - 1);
        assertThat(held.get("name")).isEqualTo("held\nkind");
        assertThat(held.get("allocatedBytes")).isEqualTo((double) (112 + (32 << 20)));
        assertThat(held.get("limitBytes")).isEqualTo((double) (1 << 30));
        assertThat(held.get("largeClasses"))
                .isEqualTo(List.of(Map.of("blockBytes", (double) (32 << 20), "liveBlocks", 1.0)));
        assertThat(((Map<?, ?>) reading.get("total")).get("allocatedBytes")).isEqualTo(held.get("allocatedBytes"));
        assertThat(((Map<?, ?>) kinds.get(0)).get("limitBytes")).isNull();
    }

    @Test
    void listsTheProcessesWithKinds() throws Exception {
        try (RunningProgram idle = RunningProgram.withoutKinds()) {
            String out = CommandRun.of("stats").done().out();
            assertThat(out.lines())
                    .anyMatch(line -> line.matches(" *" + pid() + "  io\\.memkind\\.cli\\.stats\\.KindHolder"));
            assertThat(out.lines()).noneMatch(line -> line.matches(" *" + idle.pid() + " .*"));
        }
        List<?> listed =
                (List<?>) MiniJson.parse(CommandRun.of("stats", "--json").done().out());
        assertThat(listed)
                .anyMatch(entry -> entry.equals(
                        Map.of("pid", (double) holder.pid(), "command", "io.memkind.cli.stats.KindHolder")));
    }

    @Test
    void watchesUntilTheProcessEnds() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int[] status = {-1};
        RunningProgram watched = RunningProgram.withKinds();
        Thread watcher = Thread.ofPlatform()
                .start(() -> status[0] = Main.execute(
                        new PrintWriter(out), new PrintWriter(err), "stats", "--watch=1", "" + watched.pid()));
        try {
            while (watcher.isAlive() && out.toString().split("process ", -1).length < 3) {
                Thread.sleep(20);
            }
        } finally {
            watched.close();
        }
        watcher.join();
        assertThat(err.toString()).isEmpty();
        assertThat(status[0]).isZero();
        assertThat(out.toString()).contains("held kind").endsWith("process " + watched.pid() + " has ended\n");
    }

    @Test
    void whatCannotBeLookedIntoFailsWithOneLine() throws Exception {
        Process sleep = new ProcessBuilder("sleep", "600").start();
        try (RunningProgram idle = RunningProgram.withoutKinds()) {
            CommandRun.of("stats", "" + sleep.pid()).failed(1, "process " + sleep.pid() + " does not run Java");
            CommandRun.of("stats", "" + idle.pid()).failed(1, "process " + idle.pid() + " has no kinds to show");
            assertThat(sleep.isAlive()).isTrue();
        } finally {
            sleep.destroyForcibly();
        }
        sleep.onExit().join();
        CommandRun.of("stats", "" + sleep.pid()).failed(1, "there is no process " + sleep.pid());
        CommandRun.of("stats", "--watch", "--", "" + sleep.pid()).failed(1, "there is no process");
        CommandRun.of("stats", "" + ProcessHandle.current().pid()).failed(1, "is this command itself");
    }

    @Test
    void wrongUsage() {
        CommandRun.of("stats", "x").failed(2, "x", "memkind stats --help");
        CommandRun.of("stats", "0").failed(2, "PID must be 1 or more, not 0");
        CommandRun.of("stats", "--watch").failed(2, "--watch needs a process");
        CommandRun.of("stats", "--watch=0", "1").failed(2, "--watch must be 1 to 3600 seconds, not 0");
    }
}
