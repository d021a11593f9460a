package io.memkind;

import java.util.List;

/**
 * What all kinds of the process hold: each for itself, and their sum.
 *
 * <p>Blocks of any size are counted, those of 8 MiB and more as well (the statistics of the default kind of the C library
 * miss them). Before the first allocation all is zero.
 *
 * @param kinds the kinds that are open, in the order in which they were made; the static ones are there once the class
 *     {@link Kinds} has been used
 * @param total their sum
 */
public record MemkindStatistics(List<KindSnapshot> kinds, KindStatistics total) {
    /** Copies the list. */
    public MemkindStatistics {
        kinds = List.copyOf(kinds);
    }

    /**
     * Reads all kinds, one after the other, each as {@link MemoryKind#statistics} does, and at its cost.
     *
     * @return the counts, which later allocations do not change
     */
    public static MemkindStatistics read() {
        List<KindSnapshot> kinds =
                KindRegistry.open().stream().map(KindSnapshot::of).toList();
        return new MemkindStatistics(
                kinds,
                StatisticsSum.of(kinds.stream().map(KindSnapshot::statistics).toList()));
    }
}
