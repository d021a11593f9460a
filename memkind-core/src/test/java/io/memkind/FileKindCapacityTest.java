package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Space is not lost to fragmentation when a kind is filled and emptied again and again: the C library's guarantees. */
class FileKindCapacityTest {
    private static final long LIMIT = 5 * ((16L << 20) + 4096);

    /* Eight to each factor of 4, 16 bytes to 8 MiB: 28 sizes. */
    private static final long[] SIZES = {
        16, 32, 48, 100, 112, 200, 500, 512, 777, 1000, 1024, 2000, 4096, 5000, 8192, 12_000, 16_384, 20_000, 30_000,
        33_000, 65_536, 100_000, 200_000, 500_000, 1 << 20, 2 << 20, 4 << 20, 8 << 20
    };

    private static MemoryKind open(MemoryUsagePolicy policy) {
        return FileKinds.builder(TestDirectories.inMemory())
                .limitBytes(LIMIT)
                .memoryUsagePolicy(policy)
                .build();
    }

    /** Blocks until there is no more: several millions, of the smallest sizes. */
    private static final class Blocks {
        private long[] addresses = new long[1024];
        private int count;

        void fill(MemoryKind kind, long byteSize) {
            try {
                while (true) {
                    if (count == addresses.length) {
                        addresses = Arrays.copyOf(addresses, 2 * count);
                    }
                    addresses[count] = kind.malloc(byteSize);
                    count++;
                }
            } catch (KindExhaustedException e) {
                /* As it must end. */
            }
        }

        void free(MemoryKind kind) {
            for (int i = 0; i < count; i++) {
                kind.free(addresses[i]);
            }
            count = 0;
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRoundHoldsThreeQuartersOfTheFirst(MemoryUsagePolicy policy) {
        Blocks live = new Blocks();
        for (long size : SIZES) {
            try (MemoryKind kind = open(policy)) {
                int first = 0;
                for (int round = 0; round < 10; round++) {
                    live.fill(kind, size);
                    first = round == 0 ? live.count : first;
                    assertThat(live.count)
                            .as("blocks of %d bytes in round %d", size, round)
                            .isGreaterThanOrEqualTo(first * 3 / 4)
                            .isPositive();
                    live.free(kind);
                }
                assertThat(kind.statistics().allocatedBytes()).isZero();
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void sizesInTurnFindWhatOthersLeft(MemoryUsagePolicy policy) {
        Blocks live = new Blocks();
        try (MemoryKind kind = open(policy)) {
            for (int round = 0; round < 2; round++) {
                for (long size = 1000; size <= 8 << 20; size = size * 7 / 4) {
                    live.fill(kind, size);
                    assertThat(live.count * kind.usableSize(live.addresses[0]))
                            .as("bytes in blocks of %d", size)
                            .isGreaterThan(LIMIT * 85 / 100);
                    live.free(kind);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void mixedSmallSizesHold98PercentInEveryRound(MemoryUsagePolicy policy) {
        try (MemoryKind kind = open(policy)) {
            long first = 0;
            for (int round = 0; round < 100; round++) {
                Random random = Seeds.random(0);
                List<Long> live = new ArrayList<>();
                long bytes = 0;
                try {
                    while (true) {
                        long size = SIZES[8 + random.nextInt(6)];
                        live.add(kind.malloc(size));
                        bytes += size;
                    }
                } catch (KindExhaustedException e) {
                    first = round == 0 ? bytes : first;
                }
                assertThat(bytes).as("bytes in round %d", round).isGreaterThanOrEqualTo(first * 98 / 100);
                while (!live.isEmpty()) {
                    int last = live.size() - 1;
                    int chosen = random.nextInt(live.size());
                    kind.free(live.set(chosen, live.get(last)));
                    live.remove(last);
                }
            }
            assertThat(first).isGreaterThan(LIMIT * 80 / 100);
        }
    }
}
