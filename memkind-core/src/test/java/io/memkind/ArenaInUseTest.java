package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A segment is in a system call, which keeps the JDK from closing its scope, while its arena is closed. */
class ArenaInUseTest {
    private final MemoryKind kind = TestKinds.open();

    @AfterEach
    void closeKind() {
        kind.close();
    }

    /** A thread that reads from an empty pipe into the segment, until the pipe is fed. */
    private static final class Reader {
        private final Pipe pipe;
        private final Workers workers;

        Reader(MemorySegment segment) throws Exception {
            pipe = Pipe.open();
            CountDownLatch begun = new CountDownLatch(1);
            ByteBuffer buffer = segment.asByteBuffer();
            workers = Workers.start(1, Thread.ofPlatform().daemon().factory(), worker -> {
                begun.countDown();
                assertThat(pipe.source().read(buffer)).isPositive();
            });
            begun.await();
            while (!isReading()) {
                Thread.sleep(5);
            }
        }

        /* The JDK does not tell whether a scope is in use, but by a failing close. */
        private static boolean isReading() {
            return Thread.getAllStackTraces().values().stream()
                    .flatMap(Arrays::stream)
                    .anyMatch(frame -> frame.getMethodName().equals("read0"));
        }

        void finish() throws Exception {
            assertThat(pipe.sink().write(ByteBuffer.wrap(new byte[] {1}))).isEqualTo(1);
            workers.join();
            pipe.sink().close();
            pipe.source().close();
        }
    }

    @Test
    void aSharedArenaInUseIsNotClosedAndCanBeClosedLater() throws Exception {
        Arena arena = kind.sharedArena();
        MemorySegment segment = arena.allocate(4096);
        Reader reader = new Reader(segment);
        assertThatIllegalStateException().isThrownBy(arena::close);
        assertThat(arena.scope().isAlive()).isTrue();
        reader.finish();
        arena.close();
        TestKinds.assertEmpty(kind);
    }

    /* What is given up in deferred arenas is late failure; their blocks must come back all the same. */
    @Test
    void aDeferredScopeInUseIsRetiredLater() throws Exception {
        Arena used = kind.deferredArena();
        Reader reader = new Reader(used.allocate(4096));
        used.close();
        for (int i = 0; i < 600; i++) {
            Arena other = kind.deferredArena();
            other.allocate(10_000).fill((byte) i);
            other.close();
        }
        kind.trim();
        assertThat(kind.statistics().allocatedBytes())
                .as("what the reader uses is kept")
                .isPositive();
        reader.finish();
        TestKinds.assertEmptyAfterTrim(kind);
    }
}
