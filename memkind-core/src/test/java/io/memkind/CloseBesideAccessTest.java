package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteBuffer;
import java.nio.channels.Pipe;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A kind is closed while others write to what they have of it: a page that is gone below them would end the process. */
class CloseBesideAccessTest {
    private static final long MIB = 1L << 20;

    /** Kinds that can be closed and own their memory. */
    enum Subject {
        FILE,
        CONSERVATIVE,
        BUILT;

        MemoryKind open() {
            return switch (this) {
                case FILE -> FileKinds.create(TestDirectories.inMemory(), 0);
                case CONSERVATIVE ->
                    FileKinds.builder(TestDirectories.inMemory())
                            .memoryUsagePolicy(MemoryUsagePolicy.CONSERVATIVE)
                            .build();
                case BUILT -> TestKinds.open();
            };
        }
    }

    private static Arena arena(MemoryKind kind, int number) {
        return switch (number % 3) {
            case 0 -> kind.confinedArena();
            case 1 -> kind.sharedArena();
            default -> kind.deferredArena();
        };
    }

    @ParameterizedTest
    @EnumSource
    void threadsThatWriteToSegmentsSeeThemClosed(Subject subject) {
        closeBeside(subject, (kind, worker) -> {
            MemorySegment segment = kind.allocate(worker % 2 == 0 ? 3000 : 2 * MIB, 8);
            for (int i = 0; i < 10; i++) {
                segment.fill((byte) i);
            }
            kind.free(segment);
        });
    }

    @ParameterizedTest
    @EnumSource
    void threadsThatWriteToSegmentsOfArenasFinish(Subject subject) {
        closeBeside(subject, (kind, worker) -> {
            try (Arena arena = arena(kind, worker)) {
                MemorySegment segment = arena.allocate(2 * MIB, 8);
                for (int i = 0; i < 10; i++) {
                    segment.fill((byte) i);
                }
                arena.allocate(100);
            }
        });
    }

    private interface Work {
        void run(MemoryKind kind, int worker);
    }

    private static void closeBeside(Subject subject, Work work) {
        for (int round = 0; round < 8; round++) {
            MemoryKind kind = subject.open();
            AtomicLong operations = new AtomicLong();
            Workers workers = Workers.start(3, Thread.ofPlatform().daemon().factory(), worker -> {
                while (true) {
                    try {
                        work.run(kind, worker);
                    } catch (IllegalStateException | InvalidAddressException e) {
                        return;
                    }
                    operations.incrementAndGet();
                }
            });
            while (operations.get() < 20 && !workers.failed()) {
                Thread.onSpinWait();
            }
            kind.close();
            assertThat(kind.statistics().mappedBytes()).isZero();
            workers.join();
            assertThat(TestDirectories.openFilesIn(TestDirectories.inMemory())).isZero();
        }
    }

    @ParameterizedTest
    @EnumSource
    void aSegmentOfAClosedKindCannotBeAccessed(Subject subject) {
        MemoryKind kind = subject.open();
        MemorySegment segment = kind.allocate(100);
        MemorySegment large = kind.allocateUninitialized(MIB);
        assertThat(segment.scope().isAlive()).isTrue();
        kind.close();
        assertThatIllegalStateException().isThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0));
        assertThatIllegalStateException().isThrownBy(() -> large.fill((byte) 1));
        kind.close();
    }

    @ParameterizedTest
    @EnumSource
    void arenasThatStayOpenHoldAddressesAndNoMemory(Subject subject) {
        for (int i = 0; i < 3; i++) {
            MemoryKind kind = subject.open();
            Arena arena = arena(kind, i);
            MemorySegment small = arena.allocate(100);
            MemorySegment large = arena.allocate(4 * MIB, 4096);
            MemorySegment automatic = kind.autoArena().allocate(4 * MIB);
            large.fill((byte) 1);
            kind.close();
            assertThat(kind.statistics().mappedBytes()).isZero();
            assertThat(kind.residentBytes()).isZero();
            assertThat(TestDirectories.openFilesIn(TestDirectories.inMemory())).isZero();
            assertThat(MemoryKind.detect(large.address())).isEmpty();
            for (MemorySegment segment : new MemorySegment[] {small, large, automatic}) {
                assertThat(Pattern.firstNonZero(segment)).isEqualTo(-1);
                segment.fill((byte) 2);
            }
            assertThatIllegalStateException().isThrownBy(() -> arena.allocate(MIB));
            /* Nobody gets the addresses again, whatever is written there. */
            try (MemoryKind next = subject.open()) {
                for (int block = 0; block < 8; block++) {
                    MemorySegment other = next.allocate(4 * MIB, 4096);
                    assertThat(other.asOverlappingSlice(large)).isEmpty();
                    large.fill((byte) block);
                    assertThat(Pattern.firstNonZero(other)).isEqualTo(-1);
                }
            }
            arena.close();
        }
    }

    @ParameterizedTest
    @EnumSource
    void arenasThatWereClosedHoldNothing(Subject subject) {
        MemoryKind kind = subject.open();
        for (int i = 0; i < 3; i++) {
            try (Arena arena = arena(kind, i)) {
                arena.allocate(100);
                arena.allocate(100_000, 4096).fill((byte) 1);
            }
        }
        arena(kind, 1).close();
        assertThat(kind.openArenas().any())
                .as("deferred arenas wait for their scope")
                .isTrue();
        kind.close();
        assertThat(kind.openArenas().any()).isFalse();
    }

    @Test
    void aSegmentInASystemCallKeepsTheKindOpen() throws Exception {
        Pipe pipe = Pipe.open();
        MemoryKind kind = Subject.FILE.open();
        MemorySegment segment = kind.allocate(100);
        ByteBuffer buffer = segment.asByteBuffer();
        CountDownLatch begun = new CountDownLatch(1);
        Workers reader = Workers.start(1, Thread.ofPlatform().daemon().factory(), worker -> {
            begun.countDown();
            assertThat(pipe.source().read(buffer)).isPositive();
        });
        begun.await();
        while (Thread.getAllStackTraces().values().stream()
                .flatMap(java.util.Arrays::stream)
                .noneMatch(frame -> frame.getMethodName().equals("read0"))) {
            Thread.sleep(5);
        }
        assertThatIllegalStateException()
                .isThrownBy(kind::close)
                .withMessageContaining(kind.name() + " cannot be closed")
                .withMessageContaining("native call of another thread");
        MemorySegment other = kind.allocate(100);
        kind.free(other);
        assertThat(pipe.sink().write(ByteBuffer.wrap(new byte[] {7}))).isEqualTo(1);
        reader.join();
        assertThat(segment.get(ValueLayout.JAVA_BYTE, 0)).isEqualTo((byte) 7);
        kind.close();
        pipe.sink().close();
        pipe.source().close();
    }
}
