package io.memkind.cli;

import io.memkind.cli.replay.step.ReplayProgress;
import io.memkind.cli.text.ProgressBar;
import io.memkind.cli.text.Terminal;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** Shows that the program is at work: by a bar on a terminal, when it takes long; elsewhere not at all. */
final class WorkDisplay implements AutoCloseable {
    private static final long DELAY_MILLIS = 2000;

    private final ReplayProgress progress = new ReplayProgress();
    private final @Nullable ProgressBar bar;

    private WorkDisplay(PrintWriter err, String label) {
        bar = Terminal.isStandardError() ? ProgressBar.start(err, label, progress::fraction, DELAY_MILLIS) : null;
    }

    static WorkDisplay start(PrintWriter err, String label) {
        return new WorkDisplay(err, label);
    }

    /** What the work tells how far it is. */
    ReplayProgress progress() {
        return progress;
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
        }
    }
}
