package io.memkind.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.agent.it.program.DirectLimit;
import io.memkind.agent.it.program.Echo;
import io.memkind.agent.it.program.Origins;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedirectionTest {
    @TempDir
    private Path directory;

    private Path policy;

    @BeforeEach
    void writePolicy() throws Exception {
        policy = Files.writeString(directory.resolve("policy"), "file shm = /dev/shm\notherwise use shm\n");
    }

    private static List<String> origins(AgentRun.Result result) {
        return result.done().out().lines().filter(line -> line.endsWith("e")).toList();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-XX:+UseG1GC",
                "-XX:+UseSerialGC",
                "-XX:+UseZGC",
                "-XX:TieredStopAtLevel=1",
                "-Xint",
                "-XX:NativeMemoryTracking=detail",
                "-XX:+PageAlignDirectMemory",
                "--illegal-native-access=deny"
            })
    void everyWayToGetMemoryIsRedirected(String option) {
        AgentRun.Result result = AgentRun.of(Origins.class)
                .jvm(option.equals("-XX:+PageAlignDirectMemory") ? "-Dsun.nio.PageAlignDirectMemory=true" : option)
                .jvm("-XX:+UnlockDiagnosticVMOptions", "--sun-misc-unsafe-memory-access=allow")
                .agent("summary,policy=" + policy)
                .run();

        assertThat(origins(result)).hasSize(10).allMatch(line -> line.endsWith(" true"));
        assertThat(result.out()).contains("negative refused", "huge refused");
        assertThat(result.err()).hasLineCount(1);
        assertThat(result.redirectedPercent()).isGreaterThan(99);
    }

    @Test
    void functionsOfTheCLibraryAreRedirected() {
        AgentRun.Result result = AgentRun.of(Origins.class)
                .jvm("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
                .agent("policy=" + policy)
                .arguments("libc")
                .run();

        assertThat(origins(result)).hasSize(14).allMatch(line -> line.endsWith(" true"));
        assertThat(result.out()).contains("heap segment refused");
        assertThat(result.err()).isEmpty();
    }

    @Test
    void withoutTheAgentNothingIsRedirected() {
        AgentRun.Result result = AgentRun.of(Origins.class)
                .jvm("--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow")
                .arguments("libc")
                .run();

        assertThat(origins(result)).hasSize(14).allMatch(line -> line.endsWith(" false"));
    }

    @Test
    void theLimitAndTheCountsOfDirectMemoryStayRight() {
        AgentRun.Result without = AgentRun.of(DirectLimit.class)
                .jvm("-XX:MaxDirectMemorySize=8m")
                .run()
                .done();
        AgentRun.Result with = AgentRun.of(DirectLimit.class)
                .jvm("-XX:MaxDirectMemorySize=8m")
                .agent("kind=default_thp,summary")
                .run()
                .done();

        assertThat(with.out()).isEqualTo(without.out()).contains("8 buffers, 8388608 bytes", "again");
        assertThat(with.redirectedPercent()).isEqualTo(100);
        assertThat(with.bytesOf("memkind_default_thp")).isGreaterThanOrEqualTo(16 << 20);
    }

    @Test
    void streamsAndStatusAreTheProgramsOwn() {
        AgentRun.Result result =
                AgentRun.of(Echo.class).agent("kind=regular").arguments("7").run("a\nb");

        assertThat(result).isEqualTo(new AgentRun.Result(7, "a\nb", "error stream\n"));
    }

    @Test
    void theSummaryCanGoToAFile() throws Exception {
        AgentRun.Result result = AgentRun.of(Echo.class)
                .agent("kind=regular,size=1M..,summary=" + directory + "/s-%p")
                .arguments("0")
                .run("x")
                .done();

        assertThat(result.err()).isEqualTo("error stream\n");
        try (var files = Files.list(directory)) {
            Path file = files.filter(path -> path.getFileName().toString().startsWith("s-"))
                    .findFirst()
                    .orElseThrow();
            assertThat(file.getFileName().toString()).matches("s-\\d+");
            assertThat(Files.readString(file)).contains("memkind_regular: 1 allocations, 2097152 bytes");
        }
    }

    @Test
    void whatTheMachineLacksIsALineAndTheJvmsMemoryOrTheEnd() {
        String lacking = "nodes lost = 4000\notherwise use lost\n";
        AgentRun.Result falling = AgentRun.of(Echo.class)
                .agent("summary,policy=" + write("falling", lacking))
                .arguments("0")
                .run("x")
                .done();
        assertThat(falling.out()).isEqualTo("x");
        assertThat(falling.err()).contains("memkind: the target lost cannot be had: ", "memkind: 0.0 % of the bytes");

        AgentRun.Result ending = AgentRun.of(Echo.class)
                .agent("policy=" + write("ending", lacking + "on failure throw\n"))
                .arguments("0")
                .run("x");
        assertThat(ending.status()).isEqualTo(1);
        assertThat(ending.out()).isEmpty();
        assertThat(ending.err())
                .startsWith("memkind: the target lost cannot be had: ")
                .hasLineCount(1);
    }

    private Path write(String name, String text) {
        try {
            return Files.writeString(directory.resolve(name), text);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "kind=nothing", "policy=/no/such/file", "colour=red", "tiers=KIND:DRAM"})
    void whatIsNotUnderstoodEndsTheProgramWithALine(String options) {
        AgentRun.Result result =
                AgentRun.of(Echo.class).agent(options).arguments("0").run("x");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err()).startsWith("memkind: ").hasLineCount(1);
    }

    @Test
    void settingsOfTheLibraryThatAreWrongEndTheProgramWithALine() {
        AgentRun.Result result = AgentRun.of(Echo.class)
                .environment("MEMKIND_HEAP_MANAGER", "nobody")
                .agent("kind=regular")
                .arguments("0")
                .run("x");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.out()).isEmpty();
        assertThat(result.err())
                .startsWith("memkind: ")
                .contains("MEMKIND_HEAP_MANAGER", "nobody")
                .hasLineCount(1);
    }

    @Test
    void theVariablesOfTheCLibraryCount() {
        AgentRun.Result tiers = AgentRun.of(Origins.class)
                .jvm("--sun-misc-unsafe-memory-access=allow")
                .environment("MEMKIND_MEM_TIERS", "KIND:FS_DAX,PATH:/dev/shm,RATIO:1;POLICY:STATIC_RATIO")
                .environment("MEMKIND_MEM_TIERING_LOG_LEVEL", "1")
                .agent("")
                .run();
        assertThat(tiers.err()).isEqualTo("memkind: redirecting to tiers\n");
        assertThat(origins(tiers)).hasSize(10).allMatch(line -> line.endsWith(" true"));

        AgentRun.Result autoHbw = AgentRun.of(Echo.class)
                .environment("AUTO_HBW_SIZE", "2097152:2097152")
                .environment("AUTO_HBW_MEM_TYPE", "MEMKIND_INTERLEAVE")
                .environment("AUTO_HBW_LOG", "2")
                .agent("summary")
                .arguments("0")
                .run("x")
                .done();
        assertThat(autoHbw.err())
                .contains("In my memkind malloc: 2097152 bytes on memkind_interleave")
                .contains("memkind_interleave: 1 allocations, 2097152 bytes");
    }

    @Test
    void anOlderJavaIsLeftAsItIs() {
        Path old = Path.of("/usr/lib/jvm/java-17-openjdk-amd64");
        if (!Files.isExecutable(old.resolve("bin/java"))) {
            System.out.println("not tested: there is no " + old);
            return;
        }
        AgentRun.Result result = AgentRun.of(Echo.class)
                .java(AgentRun.javaOf(old))
                .agent("kind=default")
                .jvm("-version")
                .run()
                .done();

        assertThat(result.err())
                .startsWith("memkind: the agent needs Java 25 or newer; this is Java 17, which it leaves as it is\n");
    }

    @Test
    void liveBlocksAreReportedWithTheirStacks() throws Exception {
        Path page = directory.resolve("live.html");
        AgentRun.of(DirectLimit.class)
                .jvm("-XX:MaxDirectMemorySize=8m")
                .agent("kind=default,interval=64K,live=" + page)
                .run()
                .done();

        assertThat(Files.readString(page))
                .contains(DirectLimit.class.getName() + ".main:", "java.nio.ByteBuffer.allocateDirect:")
                .doesNotContain("/*DATA*/");
    }
}
