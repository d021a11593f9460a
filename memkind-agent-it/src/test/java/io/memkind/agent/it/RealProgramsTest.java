package io.memkind.agent.it;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.agent.it.program.ArrowProgram;
import io.memkind.agent.it.program.H2Program;
import io.memkind.agent.it.program.LuceneProgram;
import io.memkind.agent.it.program.NettyProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Software as it comes from Maven Central: its results are the same, and its off-heap bytes are on the kind. */
class RealProgramsTest {
    private static final String KIND = "memkind_default_thp";

    private static AgentRun.Result sameResults(Class<?> program, String... jvmOptions) {
        AgentRun.Result without = AgentRun.of(program).jvm(jvmOptions).run().done();
        AgentRun.Result with = AgentRun.of(program)
                .jvm(jvmOptions)
                .agent("summary,on-failure=throw,kind=" + KIND)
                .run()
                .done();
        assertThat(with.out()).isEqualTo(without.out()).isNotEmpty();
        System.out.println(program.getSimpleName() + " " + String.join(" ", jvmOptions) + ": "
                + with.err()
                        .lines()
                        .filter(line -> line.startsWith("memkind: "))
                        .findFirst()
                        .orElse(""));
        return with;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Da=b",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow --add-opens=java.base/java.nio=ALL-UNNAMED"
                        + " -Dio.netty.tryReflectionSetAccessible=true -Dio.netty.noUnsafe=false"
            })
    void netty(String options) {
        AgentRun.Result result = sameResults(NettyProgram.class, options.split(" ", -1));

        assertThat(result.redirectedPercent()).isEqualTo(100);
        assertThat(result.bytesOf(KIND)).isGreaterThan(20 << 20);
    }

    @Test
    void arrow() {
        AgentRun.Result result = sameResults(
                ArrowProgram.class,
                "--sun-misc-unsafe-memory-access=allow",
                "--add-opens=java.base/java.nio=ALL-UNNAMED",
                "-Dslf4j.internal.verbosity=ERROR");

        assertThat(result.redirectedPercent()).isEqualTo(100);
        assertThat(result.bytesOf(KIND)).isGreaterThan(20 << 20);
    }

    @Test
    void h2() {
        AgentRun.Result result = sameResults(H2Program.class);

        assertThat(result.redirectedPercent()).isEqualTo(100);
        assertThat(result.bytesOf(KIND)).isGreaterThan(1 << 20);
    }

    /* Mapped files are no allocation: only the small buffers through which files are written are caught. */
    @Test
    void luceneIndexesStayInTheirFiles() {
        AgentRun.Result result = sameResults(LuceneProgram.class);

        assertThat(result.out()).isEqualTo("714\nlarge\n");
        assertThat(result.redirectedPercent()).isEqualTo(100);
        assertThat(result.bytesOf(KIND)).isBetween(1L, 1L << 20);
    }
}
