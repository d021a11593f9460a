package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memkind.tbb.NeedsTbb;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Runs {@link KindContract} for kinds that TBB manages. What is overridden here is what differs. */
class TbbKindContractTest {
    @ExtendWith(NeedsTbb.class)
    abstract static class TbbContract extends KindContract {
        TbbContract(MemoryKind base) {
            super(base);
        }

        @Override
        KindBuilder configure(KindBuilder builder) {
            return builder.heapManager("tbb");
        }

        @Override
        public MemoryKind another(long limitBytes) {
            return configure(MemoryKind.builder(kind())).limitBytes(limitBytes).build();
        }

        /* TBB takes twice the alignment from the system. */
        @Override
        public long largestAlignment() {
            return 64 << 20;
        }

        /* Size classes are TBB's own, and not told. */
        @Test
        @Override
        public void statisticsNameEachSizeClass() {
            long small = kind().malloc(100);
            long large = kind().malloc(100_000);
            KindStatistics statistics = kind().statistics();
            assertThat(statistics.sizeClasses()).isEmpty();
            assertThat(statistics.largeClasses()).isEmpty();
            assertThat(statistics.largeBlocks()).isZero();
            assertThat(statistics.allocatedBytes()).isEqualTo(kind().usableSize(small) + kind().usableSize(large));
            kind().free(small);
            kind().free(large);
        }

        /* TBB takes 2 MiB and more at a time, of which blocks of one sort only come: a small limit is not used up. */
        @Test
        @Override
        public void anExhaustedLimitIsNamedAndLeavesTheKindUsable() {
            long limit = 64 << 20;
            try (MemoryKind limited = another(limit)) {
                List<Long> live = new ArrayList<>();
                assertThatExceptionOfType(KindExhaustedException.class)
                        .isThrownBy(() -> {
                            while (live.size() < 10_000) {
                                live.add(limited.malloc(100_000));
                            }
                        })
                        .withMessageContaining("limit " + limit + " bytes");
                assertThat(live).hasSizeGreaterThan(200);
                assertThat(limited.statistics().activeBytes()).isLessThanOrEqualTo(limit);
                limited.free(live.removeLast());
                live.add(limited.malloc(100_000));
                live.forEach(limited::free);
                limited.free(limited.malloc(48 << 20));
                assertThat(limited.statistics().allocatedBytes()).isZero();
            }
        }

        @Test
        @Override
        public void memoryThatWasFreedInOneSizeIsFoundInAnother() {
            try (MemoryKind limited = another(64 << 20)) {
                for (long size : new long[] {16, 1000, 30_000, 200_000, 3 << 20, 64, 3 << 20}) {
                    List<Long> live = new ArrayList<>();
                    for (long bytes = 0; bytes + size < 6 << 20; bytes += size) {
                        live.add(limited.malloc(size));
                    }
                    live.forEach(limited::free);
                }
                assertThat(limited.statistics().allocatedBytes()).isZero();
            }
        }

        /* A block that shrinks to half its size or less moves. */
        @Test
        @Override
        public void aLargeBlockShrinksInPlaceAndTheRestIsReused() {
            long block = kind().malloc(8 << 20);
            Pattern.fill(block, 1 << 20, 2);
            long moved = kind().realloc(block, 1 << 20);
            assertThat(moved).isNotEqualTo(block);
            assertThat(kind().usableSize(moved)).isEqualTo(1 << 20);
            assertThat(Pattern.firstDamage(moved, 1 << 20, 2)).isEqualTo(-1);
            kind().free(moved);
            assertNothingLeft();
        }
    }

    @Nested
    class Default extends TbbContract {
        Default() {
            super(Kinds.DEFAULT);
        }
    }

    @Nested
    class Regular extends TbbContract {
        Regular() {
            super(Kinds.REGULAR);
        }
    }

    @Nested
    @HugePages.Needed(byteSize = 2 << 20, count = 80)
    @ExtendWith(HugePages.class)
    class Hugetlb extends TbbContract {
        Hugetlb() {
            super(Kinds.HUGETLB);
        }

        @Override
        public long largestAlignment() {
            return 16 << 20;
        }
    }

    @Nested
    class Limited extends TbbContract {
        Limited() {
            super(Kinds.DEFAULT);
        }

        @Override
        KindBuilder configure(KindBuilder builder) {
            return super.configure(builder).limitBytes(256 << 20);
        }
    }

    @Nested
    class File extends TbbContract {
        File() {
            super(Kinds.DEFAULT);
        }

        @Override
        MemoryKind openKind() {
            return FileKinds.builder(TestDirectories.inMemory())
                    .heapManager("TBB")
                    .build();
        }
    }
}
