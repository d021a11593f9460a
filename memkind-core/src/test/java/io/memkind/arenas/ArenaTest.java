package io.memkind.arenas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.KindExhaustedException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What {@link Arena} promises of an arena that can be closed. */
class ArenaTest {
    private final MemoryKind kind =
            MemoryKind.builder(Kinds.DEFAULT).limitBytes(64 << 20).build();

    static Stream<Named<Function<MemoryKind, Arena>>> closeable() {
        return Stream.of(
                Named.of("confined", MemoryKind::confinedArena),
                Named.of("shared", MemoryKind::sharedArena),
                Named.of("deferred", MemoryKind::deferredArena));
    }

    static Stream<Named<Function<MemoryKind, Arena>>> all() {
        return Stream.concat(closeable(), Stream.of(Named.of("auto", MemoryKind::autoArena)));
    }

    @AfterEach
    void close() {
        kind.close();
    }

    @ParameterizedTest
    @MethodSource("all")
    void givesZeroedAlignedDisjointSegments(Function<MemoryKind, Arena> opener) {
        for (int round = 0; round < 3; round++) {
            Arena arena = opener.apply(kind);
            List<MemorySegment> segments = new ArrayList<>();
            for (long byteSize : new long[] {0, 1, 7, 8, 100, 512, 1024, 5000, 70_000, 2_000_000}) {
                for (long byteAlignment = 1; byteAlignment <= 8192; byteAlignment *= 4) {
                    MemorySegment segment = arena.allocate(byteSize, byteAlignment);
                    assertThat(segment.byteSize()).isEqualTo(byteSize);
                    assertThat(segment.address() % byteAlignment).isZero();
                    assertThat(segment.scope()).isEqualTo(arena.scope());
                    assertThat(segment.mismatch(MemorySegment.ofArray(new byte[(int) byteSize])))
                            .isEqualTo(-1);
                    segment.fill((byte) 0xAA);
                    assertThat(segments)
                            .allMatch(other -> other.asOverlappingSlice(segment).isEmpty());
                    segments.add(segment);
                }
            }
            assertThat(arena.allocateFrom("kind").getString(0)).isEqualTo("kind");
            closeIfPossible(arena);
        }
    }

    private static void closeIfPossible(Arena arena) {
        try {
            arena.close();
        } catch (UnsupportedOperationException e) {
            assertThat(arena.scope().isAlive()).isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void refusesBadArguments(Function<MemoryKind, Arena> opener) {
        Arena arena = opener.apply(kind);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arena.allocate(-1, 8))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arena.allocate(8, 0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> arena.allocate(8, 12))
                .withMessageContaining("12");
        assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> arena.allocate(65 << 20, 8));
        assertThat(arena.allocate(8, 8).byteSize()).isEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("closeable")
    void closeFreesEverything(Function<MemoryKind, Arena> opener) {
        Arena arena = opener.apply(kind);
        for (int i = 0; i < 1000; i++) {
            arena.allocate(1L + 31L * i, 8);
        }
        assertThat(kind.statistics().allocatedBytes()).isPositive();
        arena.close();
        kind.trim();
        assertThat(kind.statistics().allocatedBytes()).isZero();
    }

    @ParameterizedTest
    @MethodSource("closeable")
    void nothingWorksAfterClose(Function<MemoryKind, Arena> opener) {
        Arena arena = opener.apply(kind);
        MemorySegment segment = arena.allocate(64, 8);
        arena.close();
        assertThatIllegalStateException().isThrownBy(() -> arena.allocate(8, 8));
        assertThatIllegalStateException().isThrownBy(arena::close);
        kind.trim();
        assertThat(segment.scope().isAlive()).isFalse();
        assertThatIllegalStateException().isThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0));
        assertThat(kind.statistics().allocatedBytes()).isZero();
    }

    @Test
    void aConfinedArenaIsForItsThread() throws InterruptedException {
        Arena arena = kind.confinedArena();
        MemorySegment segment = arena.allocate(64, 8);
        Thread other = Thread.ofPlatform().start(() -> {
            assertThatExceptionOfType(WrongThreadException.class)
                    .isThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0));
            assertThatExceptionOfType(WrongThreadException.class).isThrownBy(() -> arena.allocate(8, 8));
            assertThatExceptionOfType(WrongThreadException.class).isThrownBy(() -> arena.allocate(80_000, 8));
            assertThatExceptionOfType(WrongThreadException.class).isThrownBy(arena::close);
            segment.scope().isAlive();
        });
        Throwable[] failure = new Throwable[1];
        other.setUncaughtExceptionHandler((t, e) -> failure[0] = e);
        other.join();
        assertThat(failure[0]).isNull();
        assertThat(segment.get(ValueLayout.JAVA_BYTE, 0)).isZero();
        arena.close();
        assertThat(kind.statistics().allocatedBytes()).isZero();
    }

    @Test
    void anAutomaticArenaFreesWhatIsUnreachable() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            kind.autoArena().allocate(10_000, 8);
        }
        for (int i = 0; i < 200 && kind.statistics().allocatedBytes() > 0; i++) {
            System.gc();
            Thread.sleep(20);
        }
        assertThat(kind.statistics().allocatedBytes()).isZero();
    }

    @Test
    void theKindRefusesToFreeAnArenasSegment() {
        try (Arena arena = kind.confinedArena()) {
            MemorySegment segment = arena.allocate(64, 8);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> kind.free(segment))
                    .withMessageContaining("arena");
            segment.fill((byte) 1);
        }
    }
}
