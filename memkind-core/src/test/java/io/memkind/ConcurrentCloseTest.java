package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.RepeatedTest;

/** A kind is closed while others use it. */
class ConcurrentCloseTest {
    @RepeatedTest(10)
    void threadsThatAllocateAndFreeSeeTheKindClosed() {
        hammerAndClose(Thread.ofPlatform().daemon().factory(), false);
    }

    @RepeatedTest(5)
    void virtualThreadsThatAllocateAndFreeSeeTheKindClosed() {
        hammerAndClose(Thread.ofVirtual().factory(), true);
    }

    private static void hammerAndClose(ThreadFactory factory, boolean yielding) {
        MemoryKind kind = TestKinds.open();
        AtomicLong operations = new AtomicLong();
        Workers workers = Workers.start(4, factory, worker -> {
            long size = 1;
            while (true) {
                long block;
                try {
                    block = kind.malloc(size);
                } catch (IllegalStateException e) {
                    return;
                }
                try {
                    kind.free(block);
                } catch (InvalidAddressException | IllegalStateException e) {
                    /* Closed between the two. */
                }
                size = size % 200_000 * 3 + 1;
                operations.incrementAndGet();
                if (yielding) {
                    Thread.yield();
                }
            }
        });
        while (operations.get() < 2_000 && !workers.failed()) {
            Thread.onSpinWait();
        }
        kind.close();
        workers.join();
        assertThat(kind.statistics().mappedBytes()).isZero();
    }
}
