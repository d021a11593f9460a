package io.memkind;

import io.memkind.internal.extent.ExtentCounts;
import io.memkind.internal.heap.Heap;
import io.memkind.internal.heap.HeapCensus;
import io.memkind.internal.heap.SizeClasses;
import io.memkind.internal.managed.ManagedHeap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes the statistics of a kind from its heap's census. */
final class StatisticsReader {
    static final List<String> EXTENT_STATES = List.of("active", "dirty", "retained");

    private StatisticsReader() {}

    static KindStatistics read(MemoryKind kind) {
        KindManager manager = kind.manager();
        return manager == null ? read(kind.heap()) : readManaged(kind.heap(), manager.heapIfOpen());
    }

    private static KindStatistics read(Heap heap) {
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
        return statistics(
                heap, census.allocatedBytes(), census.largeBlocks(), sizeClasses, largeClasses, active, counts);
    }

    /* The extents are ours; of the blocks, only the bytes are known. */
    private static KindStatistics readManaged(Heap heap, @Nullable ManagedHeap blocks) {
        HeapCensus census = heap.census();
        long allocatedBytes = blocks == null ? 0 : blocks.allocatedBytes();
        return statistics(heap, allocatedBytes, 0, List.of(), List.of(), census.largeBlocks(), census.extents());
    }

    private static KindStatistics statistics(
            Heap heap,
            long allocatedBytes,
            long largeBlocks,
            List<SizeClassStatistics> sizeClasses,
            List<LargeClassStatistics> largeClasses,
            long activeExtents,
            ExtentCounts counts) {
        return new KindStatistics(
                allocatedBytes,
                counts.activeBytes(),
                counts.dirtyBytes(),
                counts.cleanBytes(),
                counts.mappedBytes(),
                heap.residentBytes(),
                largeBlocks,
                sizeClasses,
                largeClasses,
                List.of(
                        new ExtentStatistics(EXTENT_STATES.get(0), activeExtents, counts.activeBytes()),
                        new ExtentStatistics(EXTENT_STATES.get(1), counts.dirtyExtents(), counts.dirtyBytes()),
                        new ExtentStatistics(EXTENT_STATES.get(2), counts.cleanExtents(), counts.cleanBytes())));
    }
}
