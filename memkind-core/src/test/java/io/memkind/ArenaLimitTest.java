package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Arenas over a kind that runs out of memory, and arenas of many segments. */
class ArenaLimitTest {
    private final MemoryKind kind =
            MemoryKind.builder(Kinds.DEFAULT).limitBytes(16 << 20).build();

    static Stream<Named<Function<MemoryKind, Arena>>> closeable() {
        return Stream.of(
                Named.of("confined", MemoryKind::confinedArena),
                Named.of("shared", MemoryKind::sharedArena),
                Named.of("deferred", MemoryKind::deferredArena));
    }

    @AfterEach
    void closeKind() {
        kind.close();
    }

    @ParameterizedTest
    @MethodSource("closeable")
    void anArenaThatWasRefusedMemoryIsStillGood(Function<MemoryKind, Arena> opener) {
        Arena arena = opener.apply(kind);
        List<MemorySegment> segments = new ArrayList<>();
        assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> {
            while (segments.size() < 1_000) {
                segments.add(arena.allocate(700_000));
                segments.getLast().fill((byte) segments.size());
            }
        });
        assertThat(segments).hasSize(21);
        assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> arena.allocate(Long.MAX_VALUE));
        for (int i = 0; i < segments.size(); i++) {
            assertThat(segments.get(i).get(ValueLayout.JAVA_BYTE, 699_999)).isEqualTo((byte) (i + 1));
        }
        assertThat(arena.scope().isAlive()).isTrue();
        assertThat(arena.allocateFrom("still good").getString(0)).isEqualTo("still good");
        arena.close();
        TestKinds.assertEmptyAfterTrim(kind);
    }

    @ParameterizedTest
    @MethodSource("closeable")
    void manySegmentsKeepTheirContent(Function<MemoryKind, Arena> opener) {
        Arena arena = opener.apply(kind);
        List<MemorySegment> segments = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            MemorySegment segment = i % 3 == 0
                    ? arena.allocateFrom(ValueLayout.JAVA_LONG, i, i, i)
                    : arena.allocate(ValueLayout.JAVA_LONG, i % 40);
            segments.add(segment);
            assertThat(segment.address() % 8).isZero();
            if (i % 3 != 0) {
                assertThat(Pattern.firstNonZero(segment)).as("zeroed").isEqualTo(-1);
                Pattern.fill(segment, i);
            }
        }
        for (int i = 0; i < segments.size(); i++) {
            MemorySegment segment = segments.get(i);
            if (i % 3 == 0) {
                assertThat(segment.toArray(ValueLayout.JAVA_LONG)).containsExactly(i, i, i);
            } else {
                assertThat(Pattern.firstDamage(segment, segment.byteSize(), i))
                        .as("damage")
                        .isEqualTo(-1);
            }
        }
        arena.close();
        TestKinds.assertEmptyAfterTrim(kind);
    }
}
