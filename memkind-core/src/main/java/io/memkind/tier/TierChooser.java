package io.memkind.tier;

import java.util.List;

/** A policy at work. Thread-safe. */
sealed interface TierChooser permits RatioChooser, ThresholdChooser {
    /** The index of the tier for a request. */
    int choose(long byteSize, int stripe);

    /** A request was served and counted. */
    void served(int stripe);

    /** The thresholds as they are now; none if the policy has none. */
    List<TierThreshold> thresholds();
}
