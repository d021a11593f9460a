package io.memkind.tier;

/** What happens when the tier that the policy picked has no memory for a request. */
public enum TierExhaustion {
    /** The request fails, with the exception of the tier's kind. As in the C library. */
    FAIL,
    /**
     * The next tier is asked, and so on, after the last one the first; the request fails when all have refused. The block
     * counts for the tier that it is in.
     */
    NEXT_TIER
}
