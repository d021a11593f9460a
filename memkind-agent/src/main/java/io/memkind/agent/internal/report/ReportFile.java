package io.memkind.agent.internal.report;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.function.Consumer;

/** Where reports go. */
public final class ReportFile {
    private ReportFile() {}

    /**
     * Appends a line to a file, or tells it to the log.
     *
     * @param file the file; empty for the log
     * @param line the line
     * @param log takes it, and takes a line if the file cannot be written
     */
    public static void append(Optional<String> file, String line, Consumer<String> log) {
        if (file.isEmpty()) {
            log.accept(line);
            return;
        }
        try {
            Files.writeString(Path.of(file.get()), line + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        } catch (IOException e) {
            log.accept(file.get() + " cannot be written: " + e);
            log.accept(line);
        }
    }

    /**
     * Writes live blocks: a page for a name that ends in {@code .html}, collapsed stacks for {@code .collapsed}, else text.
     *
     * @param file the file; empty for the log
     * @param blocks what was live
     * @param log takes the text without a file
     * @throws UncheckedIOException if the file cannot be written
     */
    public static void write(Optional<String> file, LiveBlocks blocks, Consumer<String> log) {
        if (file.isEmpty()) {
            log.accept(LiveBlocksText.report(blocks));
            return;
        }
        String name = file.get();
        String text = name.endsWith(".html")
                ? FlameGraphPage.of(blocks)
                : name.endsWith(".collapsed") ? LiveBlocksText.collapsed(blocks) : LiveBlocksText.report(blocks);
        try {
            Files.writeString(Path.of(name), text);
        } catch (IOException e) {
            throw new UncheckedIOException("the live blocks cannot be written to " + name + ": " + e, e);
        }
    }
}
