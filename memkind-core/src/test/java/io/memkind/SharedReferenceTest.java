package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;

class SharedReferenceTest {
    @Test
    void theLastReferenceClosesTheKind() {
        MemoryKind kind = TestKinds.open();
        SharedReference<MemoryKind> first = SharedReference.to(kind);
        SharedReference<MemoryKind> second = first.retain();
        assertThat(first.openReferences()).isEqualTo(2);
        assertThat(first.refersToSameAs(second)).isTrue();
        assertThat(first.get()).isSameAs(kind);
        first.close();
        first.close();
        assertThat(second.openReferences()).isEqualTo(1);
        assertThatIllegalStateException().isThrownBy(first::get).withMessageContaining("closed");
        assertThatIllegalStateException().isThrownBy(first::retain);
        kind.free(kind.malloc(10));
        second.close();
        assertThatIllegalStateException().isThrownBy(() -> kind.malloc(10));
    }

    @Test
    void anArenaIsSharedLikewise() {
        try (MemoryKind kind = TestKinds.open()) {
            SharedReference<Arena> first = SharedReference.to(kind.sharedArena());
            SharedReference<Arena> second = first.retain();
            MemorySegment segment = first.get().allocate(1000);
            first.close();
            segment.fill((byte) 1);
            second.close();
            assertThat(segment.scope().isAlive()).isFalse();
            TestKinds.assertEmpty(kind);
        }
    }

    @Test
    @SuppressWarnings("MustBeClosedChecker") // by the last reference
    void aReferenceThatCannotBeClosedStaysOpen() {
        Arena arena = Arena.ofConfined();
        SharedReference<Arena> first = SharedReference.to(arena);
        SharedReference<Arena> last = first.retain();
        first.close();
        Workers.run(1, worker -> assertThatThrownBy(last::close).isInstanceOf(WrongThreadException.class));
        assertThat(last.openReferences()).isEqualTo(1);
        assertThat(last.get().allocate(10).byteSize()).isEqualTo(10);
        last.close();
        assertThat(arena.scope().isAlive()).isFalse();
        assertThat(last.openReferences()).isZero();
        last.close();
    }

    @Test
    void staticKindsStayOpen() {
        SharedReference.to(Kinds.REGULAR).close();
        Kinds.REGULAR.free(Kinds.REGULAR.malloc(10));
    }

    /* The C library's test: a thousand threads, each with thousands of copies; here by fewer. */
    @Test
    void threadsThatCopyAndCloseLeaveTheKindToTheLast() {
        MemoryKind kind = TestKinds.open();
        SharedReference<MemoryKind> first = SharedReference.to(kind);
        Workers.run(16, worker -> {
            try (SharedReference<MemoryKind> own = first.retain()) {
                for (int i = 0; i < 5_000; i++) {
                    try (SharedReference<MemoryKind> copy = own.retain()) {
                        copy.get().free(copy.get().malloc(64));
                    }
                }
            }
        });
        assertThat(first.openReferences()).isEqualTo(1);
        TestKinds.assertEmpty(kind);
        first.close();
        assertThatIllegalStateException().isThrownBy(() -> kind.malloc(1));
    }
}
