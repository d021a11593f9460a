package io.memkind.agent.internal.report;

import io.memkind.agent.internal.report.LiveBlocks.Site;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Live blocks as text: for people, and as collapsed stacks for tools that draw flame graphs. */
final class LiveBlocksText {
    private static final double NANOS_PER_SECOND = 1e9;

    private LiveBlocksText() {}

    /** Sites with their stacks, most bytes first. */
    static String report(LiveBlocks blocks) {
        StringBuilder text = new StringBuilder();
        text.append(String.format(
                Locale.ROOT,
                "about %s live in %.0f blocks of %d sites (estimated from samples)%n",
                ByteText.of((long) blocks.bytes()),
                blocks.blocks(),
                blocks.sites().size()));
        for (Site site : blocks.sites()) {
            text.append(String.format(
                    Locale.ROOT,
                    "%n%s in %.0f blocks, from %d samples; oldest %.1f s, youngest %.1f s%n",
                    ByteText.of((long) site.bytes()),
                    site.blocks(),
                    site.samples(),
                    site.oldestNanos() / NANOS_PER_SECOND,
                    site.youngestNanos() / NANOS_PER_SECOND));
            site.frames().forEach(frame -> text.append("    at ").append(frame).append('\n'));
        }
        return text.toString();
    }

    /** One line for each site: frames from the outermost on, semicolons between them, a blank and the bytes. */
    static String collapsed(LiveBlocks blocks) {
        StringBuilder text = new StringBuilder();
        for (Site site : blocks.sites()) {
            List<String> outermostFirst = new ArrayList<>(site.frames());
            Collections.reverse(outermostFirst);
            outermostFirst.replaceAll(frame -> frame.replace(';', ','));
            text.append(String.join(";", outermostFirst))
                    .append(' ')
                    .append(Math.round(site.bytes()))
                    .append('\n');
        }
        return text.toString();
    }
}
