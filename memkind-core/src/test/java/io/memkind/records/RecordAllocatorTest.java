package io.memkind.records;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.FileKinds;
import io.memkind.FixedKinds;
import io.memkind.InvalidAddressException;
import io.memkind.KindExhaustedException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.RecordAllocator;
import io.memkind.Seeds;
import io.memkind.SharedReference;
import io.memkind.TestDirectories;
import java.lang.foreign.Arena;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Collections of records off the Java heap, over kinds that they share. */
class RecordAllocatorTest {
    private static final StructLayout POINT = MemoryLayout.structLayout(
            ValueLayout.JAVA_DOUBLE.withName("x"),
            ValueLayout.JAVA_DOUBLE.withName("y"),
            ValueLayout.JAVA_INT.withName("id"),
            MemoryLayout.paddingLayout(4));
    private static final VarHandle X = POINT.varHandle(PathElement.groupElement("x"));
    private static final VarHandle ID = POINT.varHandle(PathElement.groupElement("id"));

    static Stream<Named<Supplier<MemoryKind>>> kinds() {
        return Stream.of(
                Named.of("file", () -> FileKinds.create(TestDirectories.inMemory(), 64 << 20)),
                Named.of("fixed", () -> FixedKinds.create(Arena.ofAuto().allocate(64 << 20, 4096))),
                Named.of("private", () -> MemoryKind.builder(Kinds.DEFAULT).build()),
                Named.of("static", () -> Kinds.REGULAR));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aListOfRecordsGrows(Supplier<MemoryKind> opener) {
        MemoryKind kind = opener.get();
        long before = kind.statistics().allocatedBytes();
        try (RecordAllocator allocator = RecordAllocator.of(kind, POINT)) {
            try (OffHeapList points = new OffHeapList(allocator)) {
                for (int i = 0; i < 20_000; i++) {
                    MemorySegment point = points.add();
                    assertThat((int) ID.get(point, 0L)).isZero();
                    ID.set(point, 0L, i);
                    X.set(point, 0L, i / 2.0);
                }
                for (int i = 0; i < 20_000; i++) {
                    assertThat((int) ID.get(points.get(i), 0L)).isEqualTo(i);
                    assertThat((double) X.get(points.get(i), 0L)).isEqualTo(i / 2.0);
                }
            }
            assertThat(kind.statistics().allocatedBytes()).isEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aMapDoesWhatAHashMapDoes(Supplier<MemoryKind> opener) {
        MemoryKind kind = opener.get();
        long before = kind.statistics().allocatedBytes();
        Random random = Seeds.random(0);
        try (SharedReference<MemoryKind> reference = SharedReference.to(kind)) {
            Map<Long, Long> model = new HashMap<>();
            try (OffHeapMap map = new OffHeapMap(reference, 1000)) {
                for (int i = 0; i < 30_000; i++) {
                    long key = random.nextInt(3_000);
                    if (random.nextInt(3) == 0) {
                        assertThat(map.remove(key)).isEqualTo(model.remove(key) != null);
                    } else {
                        map.put(key, i);
                        model.put(key, (long) i);
                    }
                    long probe = random.nextInt(3_000);
                    assertThat(map.get(probe, -1)).as(Seeds.describe(0)).isEqualTo(model.getOrDefault(probe, -1L));
                }
                assertThat(map.size()).isEqualTo(model.size());
            }
            assertThat(kind.statistics().allocatedBytes()).isEqualTo(before);
        }
    }

    @Test
    void theKindIsClosedWithTheLastThatSharesIt() {
        MemoryKind kind = FileKinds.create(TestDirectories.inMemory(), 0);
        RecordAllocator points = RecordAllocator.of(kind, POINT);
        RecordAllocator longs = points.forLayout(ValueLayout.JAVA_LONG);
        MemorySegment records = points.allocate(10);
        assertThat(points.sharesKindWith(longs)).isTrue();
        points.close();
        points.close();
        assertThatIllegalStateException().isThrownBy(() -> points.allocate(1));
        assertThatIllegalStateException().isThrownBy(() -> points.forLayout(POINT));
        longs.free(records);
        longs.free(longs.allocateUninitialized(3));
        longs.close();
        assertThatIllegalStateException().isThrownBy(() -> kind.malloc(1));
        assertThat(TestDirectories.openFilesIn(TestDirectories.inMemory())).isZero();
    }

    @Test
    void allocatorsOfDifferentKindsDoNotMix() {
        try (RecordAllocator one =
                        RecordAllocator.of(MemoryKind.builder(Kinds.DEFAULT).build(), POINT);
                RecordAllocator two =
                        RecordAllocator.of(MemoryKind.builder(Kinds.DEFAULT).build(), POINT)) {
            assertThat(one.sharesKindWith(two)).isFalse();
            MemorySegment records = one.allocate(3);
            assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> two.free(records));
            one.free(records);
        }
    }

    @Test
    void countsAreChecked() {
        try (RecordAllocator points = RecordAllocator.of(Kinds.DEFAULT, POINT)) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> points.allocate(-1))
                    .withMessageContaining("-1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> points.allocate(Long.MAX_VALUE / 2))
                    .withMessageContaining("overflows");
            assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> points.allocate(1L << 45));
            MemorySegment none = points.allocate(0);
            assertThat(none.byteSize()).isZero();
            points.free(none);
            MemorySegment two = points.allocate(2);
            assertThat(two.byteSize()).isEqualTo(48);
            points.free(two);
        }
    }

    @Test
    void layoutsThatCannotBeInArraysAreRefused() {
        StructLayout unpadded = MemoryLayout.structLayout(ValueLayout.JAVA_LONG, ValueLayout.JAVA_INT);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordAllocator.of(Kinds.DEFAULT, unpadded))
                .withMessageContaining("12 bytes")
                .withMessageContaining("add padding");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RecordAllocator.of(Kinds.DEFAULT, MemoryLayout.structLayout()));
    }
}
