package io.memkind.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a thread that does nothing more keeps for itself goes back all the same. */
@Timeout(60)
class IdleThreadTest {
    private final CountDownLatch idle = new CountDownLatch(1);
    private final CountDownLatch end = new CountDownLatch(1);

    @Test
    void byTrimOfAnotherThread() throws Exception {
        try (MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT).build()) {
            Thread thread = startIdle(kind);
            assertThat(kind.residentBytes()).isPositive();

            kind.trim();

            assertThat(kind.residentBytes()).isZero();
            end.countDown();
            thread.join();
        }
    }

    @Test
    void byDecay() throws Exception {
        try (MemoryKind kind =
                MemoryKind.builder(Kinds.DEFAULT).decay(Duration.ofMillis(200)).build()) {
            Thread thread = startIdle(kind);
            long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
            while (kind.residentBytes() > 0 && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertThat(kind.residentBytes()).isZero();
            end.countDown();
            thread.join();
        }
    }

    private Thread startIdle(MemoryKind kind) throws InterruptedException {
        Thread thread = Thread.ofPlatform().start(() -> {
            long[] blocks = new long[2000];
            for (int i = 0; i < blocks.length; i++) {
                blocks[i] = kind.calloc(1, 8L * (i + 1));
            }
            long large = kind.calloc(1, 500_000);
            for (long block : blocks) {
                kind.free(block);
            }
            kind.free(large);
            idle.countDown();
            await(end);
        });
        idle.await();
        return thread;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
