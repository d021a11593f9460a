package io.memkind.tier;

/**
 * A border between two tiers of {@link TierPolicy#DYNAMIC_THRESHOLD}: smaller requests go to the tier before it.
 *
 * @param value where the border is, in bytes
 * @param min the least value that it may move to, in bytes
 * @param max the greatest value that it may move to, in bytes
 */
public record TierThreshold(long value, long min, long max) {
    /** As the C library has it: 1 KiB apart, each with 512 bytes to either side. */
    static TierThreshold byDefault(int index) {
        long low = 1024L * index;
        return new TierThreshold(low + 1024, low + 512, low + 1535);
    }
}
