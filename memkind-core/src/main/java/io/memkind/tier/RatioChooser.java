package io.memkind.tier;

import java.util.List;

/** See {@link TierPolicy#STATIC_RATIO}. */
final class RatioChooser implements TierChooser {
    private final Tier[] tiers;

    RatioChooser(Tier[] tiers) {
        this.tiers = tiers;
    }

    /*
     * Compares bytes / ratio by cross products, as doubles: exact below 2^53, and near enough above. With two tiers it is the
     * rule of the C library; with more, that compares with the first tier only and prefers the last of those behind it.
     */
    @Override
    public int choose(long byteSize, int stripe) {
        int least = 0;
        double leastBytes = tiers[0].counter.liveBytesFrom(stripe);
        for (int i = 1; i < tiers.length; i++) {
            double bytes = tiers[i].counter.liveBytesFrom(stripe);
            if (bytes * tiers[least].ratio < leastBytes * tiers[i].ratio) {
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
