package io.memkind.tier;

import java.util.List;

/** See {@link TierPolicy#STATIC_RATIO}. */
final class RatioChooser implements TierChooser {
    private final TierCounter[] counters;
    private final double[] ratios;

    RatioChooser(Tier[] tiers) {
        counters = new TierCounter[tiers.length];
        ratios = new double[tiers.length];
        for (Tier tier : tiers) {
            counters[tier.index] = tier.counter;
            ratios[tier.index] = tier.ratio;
        }
    }

    /*
     * Compares bytes / ratio by cross products, as doubles: exact below 2^53, and near enough above. With two tiers it is the
     * rule of the C library; with more, that compares with the first tier only and prefers the last of those behind it.
     */
    @Override
    public int choose(long byteSize, int stripe) {
        int least = 0;
        double leastBytes = counters[0].liveBytesFrom(stripe);
        for (int i = 1; i < counters.length; i++) {
            double bytes = counters[i].liveBytesFrom(stripe);
            if (bytes * ratios[least] < leastBytes * ratios[i]) {
                least = i;
                leastBytes = bytes;
            }
        }
        return least;
    }

    @Override
    public void served(int stripe) {}

    @Override
    public List<TierThreshold> thresholds() {
        return List.of();
    }
}
