package io.memkind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/** Adds up the statistics of kinds. */
final class StatisticsSum {
    private StatisticsSum() {}

    static KindStatistics of(List<KindStatistics> parts) {
        return new KindStatistics(
                sum(parts, KindStatistics::allocatedBytes),
                sum(parts, KindStatistics::activeBytes),
                sum(parts, KindStatistics::dirtyBytes),
                sum(parts, KindStatistics::retainedBytes),
                sum(parts, KindStatistics::mappedBytes),
                sum(parts, KindStatistics::residentBytes),
                sum(parts, KindStatistics::largeBlocks),
                sizeClasses(parts),
                largeClasses(parts),
                extents(parts));
    }

    private static long sum(List<KindStatistics> parts, ToLongFunction<KindStatistics> of) {
        return parts.stream().mapToLong(of).sum();
    }

    private static List<SizeClassStatistics> sizeClasses(List<KindStatistics> parts) {
        Map<Long, SizeClassStatistics> bySize = new TreeMap<>();
        for (KindStatistics part : parts) {
            for (SizeClassStatistics one : part.sizeClasses()) {
                bySize.merge(
                        one.blockByteSize(),
                        one,
                        (a, b) -> new SizeClassStatistics(
                                a.blockByteSize(), a.liveBlocks() + b.liveBlocks(), a.slabs() + b.slabs()));
            }
        }
        return new ArrayList<>(bySize.values());
    }

    private static List<LargeClassStatistics> largeClasses(List<KindStatistics> parts) {
        Map<Long, Long> bySize = new TreeMap<>();
        for (KindStatistics part : parts) {
            part.largeClasses().forEach(one -> bySize.merge(one.blockByteSize(), one.liveBlocks(), Long::sum));
        }
        List<LargeClassStatistics> sums = new ArrayList<>();
        bySize.forEach((size, blocks) -> sums.add(new LargeClassStatistics(size, blocks)));
        return sums;
    }

    /* Of no kinds, too, each state is there. */
    private static List<ExtentStatistics> extents(List<KindStatistics> parts) {
        Map<String, ExtentStatistics> byState = new LinkedHashMap<>();
        for (String state : StatisticsReader.EXTENT_STATES) {
            byState.put(state, new ExtentStatistics(state, 0, 0));
        }
        for (KindStatistics part : parts) {
            for (ExtentStatistics one : part.extents()) {
                byState.merge(
                        one.state(),
                        one,
                        (a, b) -> new ExtentStatistics(a.state(), a.count() + b.count(), a.byteSize() + b.byteSize()));
            }
        }
        return new ArrayList<>(byState.values());
    }
}
