package io.memkind.tier;

/** How a tiered memory picks the tier of a new block. */
public enum TierPolicy {
    /**
     * The tier that is furthest behind its ratio: where live bytes divided by ratio are least, the first of several. The size
     * of the request plays no part. Holds from the first allocation on, to within one block for each tier.
     */
    STATIC_RATIO,
    /**
     * By size: a request goes to the first tier whose threshold is above its size, to the last tier if there is none. The
     * thresholds move such that the live bytes of neighbouring tiers come to their ratio: see {@link
     * TierBuilder#threshold}. Needs two tiers or more.
     */
    DYNAMIC_THRESHOLD
}
