package io.memkind.cli.text;

import java.io.PrintWriter;
import java.util.Locale;
import java.util.function.DoubleSupplier;

/** A bar that tells how far some work is, if the work takes longer than a moment. Closing it takes it off the screen. */
public final class ProgressBar implements AutoCloseable {
    private static final int WIDTH_CHARS = 30;
    private static final long REDRAW_MILLIS = 250;
    private static final String ERASE_LINE = "\r\033[K";

    private final PrintWriter terminal;
    private final String label;
    private final DoubleSupplier fraction;
    private final long delayMillis;
    private final Thread painter;
    private boolean drawn;

    private ProgressBar(PrintWriter terminal, String label, DoubleSupplier fraction, long delayMillis) {
        this.terminal = terminal;
        this.label = OneLine.of(label);
        this.fraction = fraction;
        this.delayMillis = delayMillis;
        this.painter = Thread.ofPlatform().daemon().name("progress-bar").unstarted(this::paintUntilInterrupted);
    }

    /**
     * Starts to watch a work.
     *
     * @param terminal where to draw
     * @param label what the work is
     * @param fraction the part that is done, 0 to 1; called from another thread
     * @param delayMillis how long nothing is drawn
     * @return the bar
     */
    public static ProgressBar start(PrintWriter terminal, String label, DoubleSupplier fraction, long delayMillis) {
        ProgressBar bar = new ProgressBar(terminal, label, fraction, delayMillis);
        bar.painter.start();
        return bar;
    }

    private void paintUntilInterrupted() {
        try {
            Thread.sleep(delayMillis);
            while (true) {
                paint();
                Thread.sleep(REDRAW_MILLIS);
            }
        } catch (InterruptedException e) {
            // closed
        }
    }

    private void paint() {
        double done = Math.min(1.0, Math.max(0.0, fraction.getAsDouble()));
        int filledChars = (int) (done * WIDTH_CHARS);
        String bar = "#".repeat(filledChars) + ".".repeat(WIDTH_CHARS - filledChars);
        terminal.print(ERASE_LINE + String.format(Locale.ROOT, "%s [%s] %3.0f %%", label, bar, done * 100));
        terminal.flush();
        drawn = true;
    }

    /** Returns when nothing more will be drawn. */
    @Override
    public void close() {
        painter.interrupt();
        boolean interrupted = false;
        while (painter.isAlive()) {
            try {
                painter.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (drawn) {
            terminal.print(ERASE_LINE);
            terminal.flush();
        }
    }
}
