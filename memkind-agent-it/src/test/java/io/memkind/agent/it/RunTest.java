package io.memkind.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.agent.it.program.Echo;
import io.memkind.agent.it.program.Spawner;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code memkind run}. */
class RunTest {
    @TempDir
    private Path directory;

    private static AgentRun echo(String... options) {
        return AgentRun.of(Echo.class).memkindRun(options).arguments("7");
    }

    @Test
    void theProgramsStreamsAndStatusAreItsOwn() {
        AgentRun.Result result = echo("--kind", "regular").run("a\nb");

        assertThat(result.status()).isEqualTo(7);
        assertThat(result.out()).isEqualTo("a\nb");
        assertThat(result.err()).isEqualTo("error stream\n");
    }

    @Test
    void tellsWhatWentWhere() {
        AgentRun.Result result =
                echo("--kind", "default_thp", "--size", "1M..", "--report").run("x");

        assertThat(result.status()).isEqualTo(7);
        assertThat(result.err())
                .contains("memkind_default_thp: 1 allocations, 2097152 bytes, peak resident", "in huge pages");
    }

    @Test
    void takesAPolicyFile() throws Exception {
        Path policy = Files.writeString(directory.resolve("my policy"), "file shm = /dev/shm\notherwise use shm\n");
        Path report = directory.resolve("report");
        AgentRun.Result result = echo("--policy", policy.toString(), "--report-to", report.toString())
                .run("x");

        assertThat(result.status()).isEqualTo(7);
        assertThat(Files.readString(report)).contains("100.0 % of the bytes redirected; shm: ");
    }

    @Test
    void spreadsByARatioAsMemtier() {
        AgentRun.Result result = echo("-r", "1:3", "--report")
                .environment("MEMKIND_DAX_KMEM_NODES", "0")
                .run("x");
        assertThat(result.status()).as(result.err()).isEqualTo(7);
        assertThat(result.err()).contains("tiers: ", "memkind_default peak resident", "memkind_dax_kmem peak resident");

        AgentRun.Result byCapacity =
                echo("--report").environment("MEMKIND_DAX_KMEM_NODES", "0").run("x");
        assertThat(byCapacity.status()).as(byCapacity.err()).isEqualTo(7);

        AgentRun.Result byThreshold = echo("-r", "1:3", "-t", "INIT_VAL:64,MIN_VAL:1,MAX_VAL:10000")
                .environment("MEMKIND_DAX_KMEM_NODES", "0")
                .run("x");
        assertThat(byThreshold.status()).as(byThreshold.err()).isEqualTo(7);
    }

    @Test
    void reachesTheJvmsThatTheProgramStarts() {
        AgentRun.Result alone = AgentRun.of(Spawner.class)
                .memkindRun("--kind", "regular", "--report")
                .run("x")
                .done();
        assertThat(alone.err().lines().filter(line -> line.startsWith("memkind: ")))
                .hasSize(1);

        AgentRun.Result all = AgentRun.of(Spawner.class)
                .memkindRun("--kind", "regular", "--report", "--children")
                .run("x")
                .done();
        assertThat(all.err().lines().filter(line -> line.startsWith("memkind: ")))
                .hasSize(2);
        assertThat(all.out()).isEqualTo("x");
    }
}
