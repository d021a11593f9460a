package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.select.OwnKind;
import io.memkind.internal.select.StaticKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs {@link KindContract} for the kinds that are bound to nodes. Those of this machine are passed off as fast, and as
 * memory of DAX devices, so that all kinds are available: see {@link FastNode}.
 */
class NodeKindContractTest {
    @Nested
    class Hbw extends KindContract {
        Hbw() {
            super(FastNode.kind(StaticKind.HBW.spec()));
        }
    }

    @Nested
    class HbwPreferred extends KindContract {
        HbwPreferred() {
            super(FastNode.kind(StaticKind.HBW_PREFERRED.spec()));
        }
    }

    @Nested
    @HugePages.Needed(byteSize = 2 << 20, count = 64)
    @ExtendWith(HugePages.class)
    class HbwHugetlb extends KindContract {
        HbwHugetlb() {
            super(FastNode.kind(StaticKind.HBW_HUGETLB.spec()));
        }
    }

    @Nested
    @HugePages.Needed(byteSize = 2 << 20, count = 64)
    @ExtendWith(HugePages.class)
    class HbwPreferredHugetlb extends KindContract {
        HbwPreferredHugetlb() {
            super(FastNode.kind(StaticKind.HBW_PREFERRED_HUGETLB.spec()));
        }
    }

    @Nested
    class HbwInterleave extends KindContract {
        HbwInterleave() {
            super(FastNode.kind(StaticKind.HBW_INTERLEAVE.spec()));
        }
    }

    @Nested
    class Interleave extends KindContract {
        Interleave() {
            super(FastNode.kind(StaticKind.INTERLEAVE.spec()));
        }
    }

    @Nested
    class HbwAll extends KindContract {
        HbwAll() {
            super(FastNode.kind(StaticKind.HBW_ALL.spec()));
        }
    }

    @Nested
    @HugePages.Needed(byteSize = 2 << 20, count = 64)
    @ExtendWith(HugePages.class)
    class HbwAllHugetlb extends KindContract {
        HbwAllHugetlb() {
            super(FastNode.kind(StaticKind.HBW_ALL_HUGETLB.spec()));
        }
    }

    @Nested
    class DaxKmem extends KindContract {
        DaxKmem() {
            super(FastNode.kind(StaticKind.DAX_KMEM.spec()));
        }
    }

    @Nested
    class DaxKmemAll extends KindContract {
        DaxKmemAll() {
            super(FastNode.kind(StaticKind.DAX_KMEM_ALL.spec()));
        }
    }

    @Nested
    class DaxKmemPreferred extends KindContract {
        DaxKmemPreferred() {
            super(FastNode.kind(StaticKind.DAX_KMEM_PREFERRED.spec()));
        }
    }

    @Nested
    class DaxKmemInterleave extends KindContract {
        DaxKmemInterleave() {
            super(FastNode.kind(StaticKind.DAX_KMEM_INTERLEAVE.spec()));
        }
    }

    @Nested
    class HighestCapacity extends KindContract {
        HighestCapacity() {
            super(FastNode.kind(StaticKind.HIGHEST_CAPACITY.spec()));
        }
    }

    @Nested
    class HighestCapacityPreferred extends KindContract {
        HighestCapacityPreferred() {
            super(FastNode.kind(StaticKind.HIGHEST_CAPACITY_PREFERRED.spec()));
        }
    }

    @Nested
    class HighestCapacityLocal extends KindContract {
        HighestCapacityLocal() {
            super(FastNode.kind(StaticKind.HIGHEST_CAPACITY_LOCAL.spec()));
        }
    }

    @Nested
    class HighestCapacityLocalPreferred extends KindContract {
        HighestCapacityLocalPreferred() {
            super(FastNode.kind(StaticKind.HIGHEST_CAPACITY_LOCAL_PREFERRED.spec()));
        }
    }

    @Nested
    class LowestLatencyLocal extends KindContract {
        LowestLatencyLocal() {
            super(FastNode.kind(StaticKind.LOWEST_LATENCY_LOCAL.spec()));
        }
    }

    @Nested
    class LowestLatencyLocalPreferred extends KindContract {
        LowestLatencyLocalPreferred() {
            super(FastNode.kind(StaticKind.LOWEST_LATENCY_LOCAL_PREFERRED.spec()));
        }
    }

    @Nested
    class HighestBandwidthLocal extends KindContract {
        HighestBandwidthLocal() {
            super(FastNode.kind(StaticKind.HIGHEST_BANDWIDTH_LOCAL.spec()));
        }
    }

    @Nested
    class HighestBandwidthLocalPreferred extends KindContract {
        HighestBandwidthLocalPreferred() {
            super(FastNode.kind(StaticKind.HIGHEST_BANDWIDTH_LOCAL_PREFERRED.spec()));
        }
    }

    @Nested
    class Local extends KindContract {
        Local() {
            super(FastNode.kind(OwnKind.LOCAL.spec()));
        }
    }

    @Nested
    class InterleaveLocal extends KindContract {
        InterleaveLocal() {
            super(FastNode.kind(OwnKind.INTERLEAVE_LOCAL.spec()));
        }
    }

    @Nested
    @ExtendWith(NeedsWeights.class)
    class WeightedInterleave extends KindContract {
        WeightedInterleave() {
            super(FastNode.kind(OwnKind.WEIGHTED_INTERLEAVE.spec()));
        }
    }

    @Nested
    class HbwPreferredMany extends KindContract {
        HbwPreferredMany() {
            super(FastNode.kind(OwnKind.HBW_PREFERRED_MANY.spec()));
        }
    }

    @Nested
    class HbwInterleaveLocal extends KindContract {
        HbwInterleaveLocal() {
            super(FastNode.kind(OwnKind.HBW_INTERLEAVE_LOCAL.spec()));
        }
    }

    @Nested
    @HugePages.Needed(byteSize = 1 << 30, count = 1)
    @ExtendWith(HugePages.class)
    class HbwHugetlb1Gb extends KindContract {
        HbwHugetlb1Gb() {
            super(FastNode.kind(OwnKind.HBW_HUGETLB_1GB.spec()));
        }
    }

    @Nested
    @HugePages.Needed(byteSize = 1 << 30, count = 1)
    @ExtendWith(HugePages.class)
    class HbwPreferredHugetlb1Gb extends KindContract {
        HbwPreferredHugetlb1Gb() {
            super(FastNode.kind(OwnKind.HBW_PREFERRED_HUGETLB_1GB.spec()));
        }
    }

    @Nested
    @HugePages.Needed(byteSize = 1 << 30, count = 1)
    @ExtendWith(HugePages.class)
    class HbwAllHugetlb1Gb extends KindContract {
        HbwAllHugetlb1Gb() {
            super(FastNode.kind(OwnKind.HBW_ALL_HUGETLB_1GB.spec()));
        }
    }

    @Test
    void everyStaticKindHasAContract() throws ReflectiveOperationException {
        List<String> names = new ArrayList<>();
        for (Class<?> nested : NodeKindContractTest.class.getDeclaredClasses()) {
            if (KindContract.class.isAssignableFrom(nested)) {
                names.add(((KindContract) nested.getDeclaredConstructor(NodeKindContractTest.class)
                                .newInstance(this))
                        .base()
                        .name());
            }
        }
        for (MemoryKind kind : KindContractTest.bases()) {
            names.add(kind.name());
        }
        assertThat(names).containsAll(Kinds.all().stream().map(MemoryKind::name).toList());
        assertThat(Kinds.all()).hasSizeGreaterThanOrEqualTo(33);
    }
}
