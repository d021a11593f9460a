package io.memkind.agent.internal.report;

import io.memkind.agent.internal.report.BlockSamples.Sample;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What was live at one moment, by allocation site; sums are estimates from the samples.
 *
 * @param sites most bytes first
 */
public record LiveBlocks(List<Site> sites) {
    /**
     * The blocks with one stack.
     *
     * @param frames the caller of the JDK's allocation first
     * @param bytes in live blocks
     * @param blocks live
     * @param samples that the two are made of
     * @param oldestNanos age of the oldest sample
     * @param youngestNanos age of the youngest
     */
    public record Site(
            List<String> frames, double bytes, double blocks, long samples, long oldestNanos, long youngestNanos) {
        private Site plus(Site other) {
            return new Site(
                    frames,
                    bytes + other.bytes,
                    blocks + other.blocks,
                    samples + other.samples,
                    Math.max(oldestNanos, other.oldestNanos),
                    Math.min(youngestNanos, other.youngestNanos));
        }
    }

    /** Copies the list. */
    public LiveBlocks {
        sites = List.copyOf(sites);
    }

    /**
     * What is live now.
     *
     * @param samples the samples
     * @return their sums
     */
    public static LiveBlocks of(BlockSamples samples) {
        long now = System.nanoTime();
        Map<List<String>, Site> sites = new HashMap<>();
        for (Sample sample : samples.live()) {
            double weight = samples.weight(sample.byteSize());
            long age = Math.max(0, now - sample.nanos());
            Site site = new Site(sample.frames(), weight * sample.byteSize(), weight, 1, age, age);
            sites.merge(sample.frames(), site, Site::plus);
        }
        return new LiveBlocks(sites.values().stream()
                .sorted(Comparator.comparingDouble(Site::bytes).reversed())
                .toList());
    }

    double bytes() {
        return sites.stream().mapToDouble(Site::bytes).sum();
    }

    double blocks() {
        return sites.stream().mapToDouble(Site::blocks).sum();
    }
}
