package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.Operation.Type;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Which operations listeners are told, in which order, and what they may change. */
class ListenersTest {
    private MemoryKind kind;
    private MemoryKind other;

    @BeforeEach
    void open() {
        kind = MemoryKind.builder(Kinds.DEFAULT)
                .name("listened")
                .limitBytes(64 << 20)
                .build();
        other = MemoryKind.builder(Kinds.REGULAR).name("other").build();
    }

    @AfterEach
    void close() {
        kind.close();
        other.close();
    }

    /** Notes all that it is told of the two kinds, with a mark in front. */
    private final class Notes implements OperationListener {
        final List<String> lines;
        final String mark;

        Notes(List<String> lines, String mark) {
            this.lines = lines;
            this.mark = mark;
        }

        @Override
        public void before(Operation operation) {
            if (isOurs(operation)) {
                lines.add(mark + "before " + operation.type());
            }
        }

        @Override
        public void after(Operation operation) {
            if (isOurs(operation)) {
                lines.add(mark + "after " + operation.type()
                        + operation.failure().map(e -> " failed").orElse(""));
            }
        }
    }

    private boolean isOurs(Operation operation) {
        return operation.kind() == kind || operation.kind() == other;
    }

    private List<String> told(Runnable work) {
        List<String> lines = new ArrayList<>();
        try (Listeners.Registration registration = Listeners.install(new Notes(lines, ""))) {
            assertThat(registration).isNotNull();
            work.run();
        }
        return lines;
    }

    private static List<String> lines(Type... types) {
        List<String> lines = new ArrayList<>();
        for (Type type : types) {
            lines.add("before " + type);
            lines.add("after " + type);
        }
        return lines;
    }

    private static OperationListener before(Consumer<Operation> work) {
        return new OperationListener() {
            @Override
            public void before(Operation operation) {
                work.accept(operation);
            }
        };
    }

    private static OperationListener after(Consumer<Operation> work) {
        return new OperationListener() {
            @Override
            public void after(Operation operation) {
                work.accept(operation);
            }
        };
    }

    @Test
    void eachOperationOnAddressesIsToldOnce() {
        assertThat(told(() -> {
                    long block = kind.malloc(100);
                    block = kind.realloc(block, 1000);
                    kind.free(block);
                    kind.free(kind.calloc(3, 5), 15);
                    kind.free(kind.memalign(64, 10));
                    kind.free(kind.realloc(0, 10));
                    kind.free(0);
                }))
                .isEqualTo(lines(
                        Type.MALLOC,
                        Type.REALLOC,
                        Type.FREE,
                        Type.CALLOC,
                        Type.FREE,
                        Type.MEMALIGN,
                        Type.FREE,
                        Type.REALLOC,
                        Type.FREE,
                        Type.FREE));
    }

    @Test
    void segmentsAndBlocksOfArenasAreTold() {
        assertThat(told(() -> {
                    kind.free(kind.allocate(100, 64));
                    kind.free(kind.allocateUninitialized(100));
                    kind.free(kind.allocateUninitialized(100, 8));
                    try (Arena arena = kind.confinedArena()) {
                        arena.allocate(10);
                        arena.allocate(10);
                        arena.allocate(100_000);
                    }
                }))
                .isEqualTo(lines(
                        Type.CALLOC,
                        Type.FREE,
                        Type.MALLOC,
                        Type.FREE,
                        Type.MEMALIGN,
                        Type.FREE,
                        Type.MALLOC,
                        Type.MEMALIGN,
                        Type.FREE,
                        Type.FREE));
    }

    @Test
    void everyStaticKindThatIsAvailableIsTold() {
        for (MemoryKind each : Kinds.all()) {
            if (!each.availability().available()) {
                continue;
            }
            List<MemoryKind> kinds = new ArrayList<>();
            try (Listeners.Registration registration =
                    Listeners.install(after(operation -> kinds.add(operation.kind())))) {
                assertThat(registration).isNotNull();
                each.free(each.malloc(10));
            }
            assertThat(kinds).as(each.name()).contains(each);
        }
    }

    @Test
    void argumentsAndResultsAreShown() {
        List<String> shown = new ArrayList<>();
        long[] block = new long[1];
        try (Listeners.Registration registration = Listeners.install(after(operation -> {
            if (isOurs(operation)) {
                shown.add(operation.count() + " " + operation.byteSize() + " " + operation.byteAlignment());
                block[0] = operation.result();
            }
        }))) {
            assertThat(registration).isNotNull();
            assertThat(kind.calloc(3, 50)).isEqualTo(block[0]);
            assertThat(kind.memalign(128, 50)).isEqualTo(block[0]);
            assertThat(kind.allocate(60, 32).address()).isEqualTo(block[0]);
            kind.free(kind.malloc(7), 5);
            assertThat(block[0]).isZero();
        }
        assertThat(shown).containsExactly("3 50 0", "1 50 128", "1 60 32", "1 7 0", "1 5 0");
    }

    @Test
    void sizeAlignmentAndKindCanBeChanged() {
        try (Listeners.Registration registration = Listeners.install(before(operation -> {
            if (operation.kind() != kind) {
                return;
            }
            if (operation.type() != Type.FREE) {
                operation.setByteSize(operation.byteSize() + 1000);
            }
            if (operation.type() == Type.MEMALIGN) {
                operation.setByteAlignment(4096);
            }
            if (!operation.isForSegment()) {
                operation.setKind(other);
            }
        }))) {
            assertThat(registration).isNotNull();
            long block = kind.memalign(8, 24);
            assertThat(block % 4096).isZero();
            assertThat(other.usableSize(block)).isGreaterThanOrEqualTo(1024);
            block = kind.realloc(block, 5000);
            assertThat(other.usableSize(block)).isGreaterThanOrEqualTo(6000);
            assertThat(kind.statistics().allocatedBytes()).isZero();
            kind.free(block);
            assertThat(other.statistics().allocatedBytes()).isZero();
            MemorySegment segment = kind.allocate(24);
            assertThat(segment.byteSize()).isEqualTo(24);
            assertThat(kind.usableSize(segment.address())).isGreaterThanOrEqualTo(1024);
            kind.free(segment);
            assertThat(kind.statistics().allocatedBytes()).isZero();
        }
    }

    /* A header before each block, as guards of redzones have. */
    @Test
    void addressesAndResultsCanBeChanged() {
        OperationListener header = new OperationListener() {
            @Override
            public void before(Operation operation) {
                if (operation.kind() == kind && operation.type() == Type.MALLOC) {
                    operation.setByteSize(operation.byteSize() + 16);
                } else if (operation.kind() == kind && operation.type() == Type.FREE) {
                    operation.setAddress(operation.address() - 16);
                }
            }

            @Override
            public void after(Operation operation) {
                if (operation.kind() == kind && operation.type() == Type.MALLOC) {
                    operation.setResult(operation.result() + 16);
                }
            }
        };
        try (Listeners.Registration registration = Listeners.install(header)) {
            assertThat(registration).isNotNull();
            long block = kind.malloc(16);
            assertThat(kind.usableSize(block - 16)).isGreaterThanOrEqualTo(32);
            kind.free(block);
        }
        assertThat(kind.statistics().allocatedBytes()).isZero();
    }

    @Test
    void whatTheCallerReliesOnCannotBeChanged() {
        List<String> refusals = new ArrayList<>();
        try (Listeners.Registration registration = Listeners.install(new OperationListener() {
            @Override
            public void before(Operation operation) {
                if (operation.type() == Type.FREE) {
                    assertThatIllegalStateException().isThrownBy(() -> operation.setByteSize(10));
                    return;
                }
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> operation.setByteSize(99))
                        .withMessageContaining("size 99 is less than 100");
                assertThatIllegalStateException().isThrownBy(() -> operation.setResult(1));
                assertThatIllegalStateException().isThrownBy(() -> operation.setAddress(1));
                if (operation.isForSegment()) {
                    assertThatIllegalStateException().isThrownBy(() -> operation.setKind(other));
                    assertThatIllegalArgumentException().isThrownBy(() -> operation.setByteAlignment(4));
                } else {
                    assertThatIllegalStateException().isThrownBy(() -> operation.setByteAlignment(64));
                }
                refusals.add("before");
            }

            @Override
            public void after(Operation operation) {
                if (operation.type() != Type.FREE) {
                    assertThatIllegalStateException().isThrownBy(() -> operation.setKind(other));
                    assertThatIllegalStateException().isThrownBy(() -> operation.setByteSize(200));
                    if (operation.isForSegment()) {
                        assertThatIllegalStateException().isThrownBy(() -> operation.setResult(16));
                    } else {
                        assertThatIllegalArgumentException().isThrownBy(() -> operation.setResult(0));
                    }
                    refusals.add("after");
                }
            }
        })) {
            assertThat(registration).isNotNull();
            kind.free(kind.malloc(100));
            kind.free(kind.allocate(100, 8));
        }
        assertThat(refusals).containsExactly("before", "after", "before", "after");
    }

    @Test
    void theFirstEnclosesTheOthers() {
        List<String> lines = new ArrayList<>();
        try (Listeners.Registration first = Listeners.install(new Notes(lines, "first "));
                Listeners.Registration second = Listeners.install(new Notes(lines, "second "))) {
            assertThat(first).isNotSameAs(second);
            assertThat(kind.malloc(10)).isPositive();
        }
        assertThat(lines)
                .containsExactly(
                        "first before MALLOC", "second before MALLOC", "second after MALLOC", "first after MALLOC");
    }

    @Test
    void anExceptionBeforeRefusesTheOperation() {
        List<String> lines = new ArrayList<>();
        try (Listeners.Registration notes = Listeners.install(new Notes(lines, ""));
                Listeners.Registration refusing = Listeners.install(before(operation -> {
                    if (isOurs(operation)) {
                        throw new UnsupportedOperationException("not today");
                    }
                }))) {
            assertThat(notes).isNotSameAs(refusing);
            assertThatExceptionOfType(UnsupportedOperationException.class)
                    .isThrownBy(() -> kind.malloc(10))
                    .withMessage("not today");
        }
        assertThat(lines).containsExactly("before MALLOC", "after MALLOC failed");
        assertThat(kind.statistics().allocatedBytes()).isZero();
    }

    @Test
    void anExceptionAfterChangesNothingForTheCaller() {
        try (Listeners.Registration registration = Listeners.install(after(operation -> {
            if (isOurs(operation)) {
                throw new AssertionError("the log has this error of a listener on purpose");
            }
        }))) {
            assertThat(registration).isNotNull();
            kind.free(kind.malloc(10));
        }
        assertThat(kind.statistics().allocatedBytes()).isZero();
    }

    @Test
    void failuresAreShown() {
        List<Throwable> failures = new ArrayList<>();
        try (Listeners.Registration registration = Listeners.install(after(
                operation -> operation.failure().filter(e -> isOurs(operation)).ifPresent(failures::add)))) {
            assertThat(registration).isNotNull();
            assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> kind.malloc(1L << 40));
            assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> kind.free(64));
            assertThatIllegalArgumentException().isThrownBy(() -> kind.malloc(-1));
            assertThatIllegalArgumentException().isThrownBy(() -> kind.memalign(3, 10));
        }
        assertThat(failures)
                .hasExactlyElementsOfTypes(
                        KindExhaustedException.class,
                        InvalidAddressException.class,
                        IllegalArgumentException.class,
                        IllegalArgumentException.class);
    }

    @Test
    void whatAListenerAllocatesIsNotTold() {
        List<String> lines = new ArrayList<>();
        try (Listeners.Registration registration = Listeners.install(new OperationListener() {
            @Override
            public void before(Operation operation) {
                if (isOurs(operation)) {
                    lines.add("before");
                    kind.free(kind.malloc(10));
                }
            }

            @Override
            public void after(Operation operation) {
                if (isOurs(operation)) {
                    lines.add("after");
                    other.free(other.allocate(10));
                }
            }
        })) {
            assertThat(registration).isNotNull();
            kind.free(kind.malloc(100));
        }
        assertThat(lines).containsExactly("before", "after", "before", "after");
    }

    @Test
    void afterItsEndAListenerIsToldNothing() {
        List<String> lines = new ArrayList<>();
        Listeners.Registration registration = Listeners.install(new Notes(lines, ""));
        registration.close();
        registration.close();
        assertThat(Detour.isTaken()).isFalse();
        kind.free(kind.malloc(10));
        assertThat(lines).isEmpty();
    }
}
