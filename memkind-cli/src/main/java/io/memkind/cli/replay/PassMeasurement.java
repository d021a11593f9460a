package io.memkind.cli.replay;

/**
 * What the warm-up pass measured.
 *
 * @param peakLiveBytes the greatest sum of the sizes of live objects
 * @param peakResidentBytes the most memory that was seen resident
 */
record PassMeasurement(long peakLiveBytes, long peakResidentBytes) {}
