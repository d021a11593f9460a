package io.memkind.cli.replay;

/**
 * What a replay measured.
 *
 * @param eventCount events of a pass
 * @param medianNanosPerEvent wall clock of the median pass
 * @param bestNanosPerEvent wall clock of the fastest pass
 * @param peakLiveBytes the greatest sum of the sizes of live objects, as asked for
 * @param peakResidentBytes the most memory of the heap that was seen resident in the warm-up pass
 * @param residentAfterFreeBytes what was resident at once after everything was freed
 * @param residentAfterTrimBytes what was resident after the heap was asked to give memory back
 */
public record ReplayResult(
        long eventCount,
        double medianNanosPerEvent,
        double bestNanosPerEvent,
        long peakLiveBytes,
        long peakResidentBytes,
        long residentAfterFreeBytes,
        long residentAfterTrimBytes) {}
