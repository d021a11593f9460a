package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;

/** A command line that was run, and what came out. */
record CommandRun(int status, String out, String err) {
    static CommandRun of(String... arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int status = Main.execute(new PrintWriter(out), new PrintWriter(err), arguments);
        return new CommandRun(status, out.toString(), err.toString());
    }

    /** Done, with nothing to say on standard error. */
    CommandRun done() {
        assertThat(err).isEmpty();
        assertThat(status).isZero();
        return this;
    }

    /** Ended with a status and one line on standard error that has these parts. */
    CommandRun failed(int expectedStatus, String... parts) {
        assertThat(err).startsWith("memkind: ").endsWith("\n").hasLineCount(1).contains(parts);
        assertThat(status).as(err).isEqualTo(expectedStatus);
        return this;
    }
}
