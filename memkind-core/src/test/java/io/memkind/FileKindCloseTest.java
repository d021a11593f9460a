package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A file kind is closed while others use it. */
class FileKindCloseTest {
    @ParameterizedTest
    @EnumSource
    void threadsThatAllocateAndFreeSeeTheKindClosed(MemoryUsagePolicy policy) {
        for (int round = 0; round < 10; round++) {
            MemoryKind kind = FileKinds.builder(TestDirectories.inMemory())
                    .memoryUsagePolicy(policy)
                    .limitBytes(round % 2 == 0 ? 0 : 32 << 20)
                    .build();
            AtomicLong operations = new AtomicLong();
            Workers workers = Workers.start(4, Thread.ofPlatform().daemon().factory(), worker -> {
                long size = 1;
                while (true) {
                    try {
                        kind.free(kind.malloc(size));
                    } catch (IllegalStateException | InvalidAddressException e) {
                        return;
                    }
                    size = size % 200_000 * 3 + 1;
                    operations.incrementAndGet();
                }
            });
            while (operations.get() < 1_000 && !workers.failed()) {
                Thread.onSpinWait();
            }
            kind.close();
            workers.join();
            assertThat(kind.statistics().mappedBytes()).isZero();
            assertThat(TestDirectories.openFilesIn(TestDirectories.inMemory())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void threadsThatHandBlocksToEachOtherLeaveNothing(MemoryUsagePolicy policy) {
        try (MemoryKind kind = FileKinds.builder(TestDirectories.inMemory())
                .memoryUsagePolicy(policy)
                .build()) {
            Churn churn = new Churn(kind);
            Workers.run(4, worker -> churn.run(worker, 3_000));
            churn.freeHanded();
            TestKinds.assertEmpty(kind);
        }
    }
}
