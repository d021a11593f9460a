package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Many threads on one kind. */
class ConcurrentChurnTest {
    private final MemoryKind kind = TestKinds.open();

    @Test
    void threadsFreeEachOthersBlocks() {
        Churn churn = new Churn(kind);
        Workers.run(6, worker -> churn.run(worker, 30_000));
        churn.freeHanded();
        TestKinds.closeEmpty(kind);
    }

    @Test
    void virtualThreadsChurnAmongPlatformThreads() {
        Churn churn = new Churn(kind);
        Workers virtual = Workers.start(20, Thread.ofVirtual().factory(), worker -> churn.run(100 + worker, 3_000));
        Workers.run(3, worker -> churn.run(worker, 10_000));
        virtual.join();
        churn.freeHanded();
        TestKinds.closeEmpty(kind);
    }

    @Test
    void trimAndStatisticsRunBesideChurn() {
        Churn churn = new Churn(kind);
        AtomicBoolean done = new AtomicBoolean();
        Workers visitor = Workers.start(2, Thread.ofPlatform().daemon().factory(), worker -> {
            while (!done.get()) {
                if (worker == 0) {
                    kind.trim();
                } else {
                    KindStatistics statistics = kind.statistics();
                    assertThat(statistics.allocatedBytes()).isNotNegative();
                    assertThat(kind.residentBytes()).isNotNegative();
                }
            }
        });
        Workers.run(4, worker -> churn.run(worker, 20_000));
        done.set(true);
        visitor.join();
        churn.freeHanded();
        TestKinds.closeEmpty(kind);
    }

    @Test
    void aConsumerFreesWhatAProducerAllocates() {
        BlockingQueue<Long> queue = new ArrayBlockingQueue<>(1_000);
        int count = 200_000;
        Workers.run(2, worker -> {
            for (int i = 0; i < count; i++) {
                if (worker == 0) {
                    long block = kind.malloc(16 + i % 2_000);
                    Pattern.fill(block, 16, block);
                    queue.put(block);
                } else {
                    long block = queue.take();
                    assertThat(Pattern.firstDamage(block, 16, block)).isEqualTo(-1);
                    kind.free(block);
                }
            }
        });
        assertThat(kind.statistics().mappedBytes())
                .as("reuse of what the consumer freed")
                .isLessThan(64 << 20);
        TestKinds.closeEmpty(kind);
    }
}
