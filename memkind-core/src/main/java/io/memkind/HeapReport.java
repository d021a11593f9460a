package io.memkind;

import io.memkind.management.ExtentData;
import io.memkind.management.HeapData;
import io.memkind.management.LargeClassData;
import io.memkind.management.SizeClassData;
import java.util.List;

/** Statistics in the form that management wants. */
class HeapReport implements HeapData {
    private final KindStatistics statistics;

    HeapReport(KindStatistics statistics) {
        this.statistics = statistics;
    }

    @Override
    public final long getAllocatedBytes() {
        return statistics.allocatedBytes();
    }

    @Override
    public final long getActiveBytes() {
        return statistics.activeBytes();
    }

    @Override
    public final long getDirtyBytes() {
        return statistics.dirtyBytes();
    }

    @Override
    public final long getRetainedBytes() {
        return statistics.retainedBytes();
    }

    @Override
    public final long getMappedBytes() {
        return statistics.mappedBytes();
    }

    @Override
    public final long getResidentBytes() {
        return statistics.residentBytes();
    }

    @Override
    public final long getLargeBlocks() {
        return statistics.largeBlocks();
    }

    @Override
    public final List<SizeClassData> getSizeClasses() {
        return statistics.sizeClasses().stream().map(HeapReport::sizeClass).toList();
    }

    private static SizeClassData sizeClass(SizeClassStatistics one) {
        return new SizeClassData() {
            @Override
            public long getBlockBytes() {
                return one.blockByteSize();
            }

            @Override
            public long getLiveBlocks() {
                return one.liveBlocks();
            }

            @Override
            public long getSlabs() {
                return one.slabs();
            }
        };
    }

    @Override
    public final List<LargeClassData> getLargeClasses() {
        return statistics.largeClasses().stream().map(HeapReport::largeClass).toList();
    }

    private static LargeClassData largeClass(LargeClassStatistics one) {
        return new LargeClassData() {
            @Override
            public long getBlockBytes() {
                return one.blockByteSize();
            }

            @Override
            public long getLiveBlocks() {
                return one.liveBlocks();
            }
        };
    }

    @Override
    public final List<ExtentData> getExtents() {
        return statistics.extents().stream().map(HeapReport::extent).toList();
    }

    private static ExtentData extent(ExtentStatistics one) {
        return new ExtentData() {
            @Override
            public String getState() {
                return one.state();
            }

            @Override
            public long getCount() {
                return one.count();
            }

            @Override
            public long getBytes() {
                return one.byteSize();
            }
        };
    }
}
