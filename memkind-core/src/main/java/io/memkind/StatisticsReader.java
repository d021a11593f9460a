package io.memkind;

import io.memkind.internal.extent.ExtentCounts;
import io.memkind.internal.heap.Heap;
import io.memkind.internal.heap.HeapCensus;
import io.memkind.internal.heap.SizeClasses;
import java.util.ArrayList;
import java.util.List;

/** Makes the statistics of a kind from its heap's census. */
final class StatisticsReader {
    static final List<String> EXTENT_STATES = List.of("active", "dirty", "retained");

    private StatisticsReader() {}

    static KindStatistics read(Heap heap) {
        HeapCensus census = heap.census();
        ExtentCounts counts = census.extents();
        List<SizeClassStatistics> sizeClasses = new ArrayList<>();
        long active = census.largeBlocks();
        for (int sizeClass = 0; sizeClass < census.slabs().length; sizeClass++) {
            long slabs = census.slabs()[sizeClass];
            active += slabs;
            if (slabs > 0) {
                sizeClasses.add(new SizeClassStatistics(
                        SizeClasses.byteSizeOf(sizeClass), census.liveBlocks()[sizeClass], slabs));
            }
        }
        List<LargeClassStatistics> largeClasses = new ArrayList<>();
        census.largeSizes().forEach((size, blocks) -> largeClasses.add(new LargeClassStatistics(size, blocks)));
        return new KindStatistics(
                census.allocatedBytes(),
                counts.activeBytes(),
                counts.dirtyBytes(),
                counts.cleanBytes(),
                counts.mappedBytes(),
                heap.residentBytes(),
                census.largeBlocks(),
                sizeClasses,
                largeClasses,
                List.of(
                        new ExtentStatistics(EXTENT_STATES.get(0), active, counts.activeBytes()),
                        new ExtentStatistics(EXTENT_STATES.get(1), counts.dirtyExtents(), counts.dirtyBytes()),
                        new ExtentStatistics(EXTENT_STATES.get(2), counts.cleanExtents(), counts.cleanBytes())));
    }
}
