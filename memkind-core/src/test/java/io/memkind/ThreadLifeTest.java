package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** Threads that begin and end, few and many. */
class ThreadLifeTest {
    private final MemoryKind kind = TestKinds.open();

    @Test
    void blocksOutliveTheirThread() {
        List<Long> blocks = new ArrayList<>();
        Workers.run(1, worker -> {
            for (long size = 1; size < 200_000; size += size / 4 + 1) {
                blocks.add(kind.malloc(size));
                Pattern.fill(blocks.getLast(), kind.usableSize(blocks.getLast()), size);
            }
        });
        int i = 0;
        for (long size = 1; size < 200_000; size += size / 4 + 1) {
            long block = blocks.get(i++);
            assertThat(Pattern.firstDamage(block, kind.usableSize(block), size)).isEqualTo(-1);
            kind.free(block);
            assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> kind.free(block));
        }
        TestKinds.closeEmpty(kind);
    }

    @Test
    void aFreeMayBeTheFirstThingThatAThreadDoes() {
        for (long size : KindSubject.SIZES) {
            long block = kind.malloc(size);
            Workers.run(1, worker -> kind.free(block));
            Workers.run(
                    1,
                    worker -> assertThatExceptionOfType(InvalidAddressException.class)
                            .isThrownBy(() -> kind.free(block)));
        }
        TestKinds.closeEmpty(kind);
    }

    @Test
    void tenThousandVirtualThreadsLeaveNothingBehind() {
        ConcurrentLinkedQueue<Long> queue = new ConcurrentLinkedQueue<>();
        Workers.start(10_000, Thread.ofVirtual().factory(), worker -> {
                    long first = kind.malloc(1 + worker % 5_000);
                    long second = kind.malloc(64);
                    Pattern.fill(second, 64, second);
                    queue.add(second);
                    Thread.yield();
                    kind.free(first);
                    long other = queue.remove();
                    assertThat(Pattern.firstDamage(other, 64, other)).isEqualTo(-1);
                    kind.free(other);
                })
                .join();
        assertThat(kind.statistics().mappedBytes()).isLessThan(64 << 20);
        TestKinds.closeEmpty(kind);
    }

    @Test
    void threadsBeyondTheLimitOfOwnersShareTheStripes() {
        ConcurrentLinkedQueue<Long> blocks = new ConcurrentLinkedQueue<>();
        CountDownLatch allAllocated = new CountDownLatch(2_100);
        Workers.start(2_100, Thread.ofPlatform().daemon().stackSize(256 << 10).factory(), worker -> {
                    long block = kind.malloc(1 + worker % 500);
                    Pattern.fill(block, 1, worker);
                    blocks.add(block);
                    allAllocated.countDown();
                    allAllocated.await();
                    kind.free(blocks.remove());
                    kind.free(kind.malloc(40));
                })
                .join();
        assertThat(blocks).isEmpty();
        TestKinds.closeEmpty(kind);
    }
}
