package io.memkind.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memkind.InvalidAddressException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Blocks that outlive, change and lose their threads. */
@Timeout(120)
class ThreadsTest {
    private static final long SEED = Long.getLong("memkind.seed", 20260117);

    private final MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT).build();

    @AfterEach
    void leavesNothing() {
        assertThat(kind.statistics().allocatedBytes()).as("seed %d", SEED).isZero();
        kind.trim();
        assertThat(kind.residentBytes()).isZero();
        kind.close();
    }

    @Test
    void platformThreadsExchangeBlocks() throws Exception {
        Churn churn = new Churn(kind);
        Workers.run(8, Thread.ofPlatform(), i -> churn.run(SEED + i, 30_000));
        churn.finish();
    }

    @Test
    void virtualThreadsExchangeBlocks() throws Exception {
        Churn churn = new Churn(kind);
        Workers.run(2_000, Thread.ofVirtual(), i -> churn.run(SEED + i, 100));
        churn.finish();
    }

    @Test
    void virtualAndPlatformThreadsShareAHeap() throws Exception {
        Churn churn = new Churn(kind);
        Workers.run(2, Thread.ofPlatform(), i -> {
            churn.run(SEED + i, 20_000);
            return Workers.run(50, Thread.ofVirtual(), j -> churn.run(SEED * j, 200));
        });
        churn.finish();
    }

    @Test
    void statisticsAndTrimWorkBesideAllocation() throws Exception {
        Churn churn = new Churn(kind);
        AtomicBoolean done = new AtomicBoolean();
        Workers.run(4, Thread.ofPlatform(), i -> {
            if (i == 0) {
                while (!done.get()) {
                    kind.trim();
                    assertThat(kind.statistics().allocatedBytes()).isNotNegative();
                }
                return 0;
            }
            try {
                return churn.run(SEED + i, 40_000);
            } finally {
                done.set(true);
            }
        });
        churn.finish();
    }

    @Test
    void blocksOutliveTheirThreadAndItsMemoryIsUsedAgain() throws Exception {
        long mappedAfterTen = 0;
        for (int generation = 0; generation < 200; generation++) {
            List<long[]> blocks = Workers.run(2, Thread.ofPlatform(), i -> {
                long[] mine = new long[500];
                for (int j = 0; j < mine.length; j++) {
                    mine[j] = kind.malloc(16 + 40L * j);
                }
                return mine;
            });
            for (long[] ofOne : blocks) {
                for (long block : ofOne) {
                    Memory.ALL.asSlice(block, 16).fill((byte) 1);
                    kind.free(block);
                }
            }
            if (generation == 10) {
                mappedAfterTen = kind.statistics().mappedBytes();
            }
        }
        assertThat(kind.statistics().mappedBytes()).isLessThanOrEqualTo(4 * mappedAfterTen);
    }

    @Test
    void theFirstOperationOfAThreadMayBeAFree() throws Exception {
        long block = kind.malloc(48);
        Workers.run(1, Thread.ofPlatform(), i -> {
            kind.free(block);
            return null;
        });
        assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> kind.free(block));
    }

    @Test
    void ofTwoThreadsThatFreeTheSameBlockOneSucceeds() throws Exception {
        for (long byteSize : new long[] {40, 100_000}) {
            for (int round = 0; round < 300; round++) {
                long block = kind.malloc(byteSize);
                List<Boolean> freed = Workers.run(2, Thread.ofPlatform(), i -> tryFree(block));
                assertThat(freed).containsExactlyInAnyOrder(true, false);
            }
        }
    }

    @Test
    void aBlockFreedByItsOwnerAndAnotherAtOnceIsFreeOnce() throws Exception {
        for (int round = 0; round < 300; round++) {
            AtomicLong block = new AtomicLong();
            AtomicBoolean go = new AtomicBoolean();
            List<Boolean> freed = Workers.run(2, Thread.ofPlatform(), i -> {
                if (i == 0) {
                    block.set(kind.malloc(40));
                    go.set(true);
                }
                while (!go.get()) {
                    Thread.onSpinWait();
                }
                return tryFree(block.get());
            });
            assertThat(freed).contains(true);
        }
    }

    private boolean tryFree(long block) {
        try {
            kind.free(block);
            return true;
        } catch (InvalidAddressException e) {
            return false;
        }
    }
}
