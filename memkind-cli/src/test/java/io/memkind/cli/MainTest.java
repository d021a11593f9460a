package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
    @ParameterizedTest
    @ValueSource(strings = {"", "demo", "kinds", "topology", "hbw-nodes", "dax-kmem-nodes", "replay", "stats"})
    void everyCommandHasHelpAndVersion(String command) {
        String[] prefix = command.isEmpty() ? new String[0] : new String[] {command};
        assertThat(CommandRun.of(with(prefix, "--help")).done().out())
                .startsWith("Usage: memkind " + command)
                .contains("--verbose", "--version");
        assertThat(CommandRun.of(with(prefix, "--version")).done().out())
                .startsWith("memkind ")
                .hasLineCount(1);
    }

    private static String[] with(String[] prefix, String last) {
        String[] arguments = new String[prefix.length + 1];
        System.arraycopy(prefix, 0, arguments, 0, prefix.length);
        arguments[prefix.length] = last;
        return arguments;
    }

    @Test
    void wrongUsage() {
        CommandRun.of().failed(2, "a command is missing", "memkind --help");
        CommandRun.of("nothing").failed(2, "'nothing'");
        CommandRun.of("kinds", "--nothing").failed(2, "'--nothing'", "memkind kinds --help");
        CommandRun.of("replay").failed(2, "TRACE");
        CommandRun.of("replay", "--repeat", "many", "x").failed(2, "many");
        CommandRun.of("replay", "--repeat", "0", "x").failed(2, "--repeat must be 1 to 1000, not 0");
        CommandRun.of("replay", "--verify", "--no-touch", "x").failed(2, "--no-touch");
        CommandRun.of("replay", "--kind", "no\nsuch", "x").failed(2, "unknown kind 'no such'", "memkind_default");
    }

    @Test
    void verboseShowsTheStackTrace() {
        CommandRun run = CommandRun.of("replay", "--verbose", "/nowhere/x.mktrace.gz");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("memkind: /nowhere/x.mktrace.gz: cannot be read: no such file\n");
        assertThat(run.err()).contains("\tat io.memkind.cli.");
        assertThat(CommandRun.of("--verbose", "replay", "/nowhere/x").err()).contains("\tat ");
        CommandRun.of("replay", "/nowhere/x").failed(1, "/nowhere/x: cannot be read: no such file");
    }

    @Test
    void aBrokenPipeIsAFailure() {
        Writer broken = new Writer() {
            @Override
            public void write(char[] buffer, int offset, int count) throws IOException {
                throw new IOException("broken pipe");
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        StringWriter err = new StringWriter();
        assertThat(Main.execute(new PrintWriter(broken), new PrintWriter(err), "kinds"))
                .isEqualTo(1);
        assertThat(err.toString()).isEqualTo("memkind: standard output cannot be written\n");
    }
}
