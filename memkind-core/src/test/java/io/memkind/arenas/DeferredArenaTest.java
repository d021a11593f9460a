package io.memkind.arenas;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The quarantine of deferred arenas. */
class DeferredArenaTest {
    private final MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT).build();

    @AfterEach
    void leavesNothing() {
        kind.trim();
        assertThat(kind.statistics().allocatedBytes()).isZero();
        kind.close();
    }

    @Test
    void aLateAccessSeesItsOwnBytesAndNobodyElseGetsThem() {
        Arena arena = kind.deferredArena();
        MemorySegment late = arena.allocate(512, 8);
        late.fill((byte) 7);
        arena.close();
        assertThat(late.scope().isAlive()).isTrue();
        List<MemorySegment> others = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            MemorySegment other = kind.allocate(1 + i % 2000, 8).fill((byte) 9);
            assertThat(other.asOverlappingSlice(MemorySegment.ofAddress(late.address())))
                    .isEmpty();
            others.add(other);
        }
        assertThat(late.toArray(ValueLayout.JAVA_BYTE)).containsOnly((byte) 7);
        others.forEach(kind::free);
    }

    @Test
    void aScopeEndsWhenItIsFullAndAllItsArenasAreClosed() {
        List<Arena> arenas = new ArrayList<>();
        for (int i = 0; i < 256; i++) {
            Arena arena = kind.deferredArena();
            arena.allocate(100, 8);
            arenas.add(arena);
        }
        MemorySegment.Scope scope = arenas.get(0).scope();
        assertThat(arenas).allMatch(arena -> arena.scope().equals(scope));
        Arena next = kind.deferredArena();
        assertThat(next.scope()).isNotEqualTo(scope);
        arenas.subList(1, 256).forEach(Arena::close);
        assertThat(scope.isAlive()).isTrue();
        arenas.get(0).close();
        assertThat(scope.isAlive()).isFalse();
        next.close();
    }

    @Test
    void quarantineIsBounded() {
        Arena straggler = kind.deferredArena();
        straggler.allocate(8, 8);
        for (int i = 0; i < 1000; i++) {
            Arena arena = kind.deferredArena();
            arena.allocate(1 << 20, 8);
            arena.close();
        }
        assertThat(kind.statistics().allocatedBytes()).isLessThan(80L << 20);
        straggler.close();
    }

    @Test
    void threadsOpenAllocateAndCloseTogether() throws Exception {
        try (var executor = Executors.newFixedThreadPool(4)) {
            List<Future<?>> futures = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                byte fill = (byte) (t + 1);
                futures.add(executor.submit(() -> churn(fill)));
            }
            for (Future<?> future : futures) {
                future.get();
            }
        }
    }

    private void churn(byte fill) {
        for (int i = 0; i < 3000; i++) {
            Arena arena = kind.deferredArena();
            MemorySegment segment = arena.allocate(16 + i % 3000, 8);
            assertThat(segment.get(ValueLayout.JAVA_BYTE, 15)).isZero();
            segment.fill(fill);
            assertThat(segment.get(ValueLayout.JAVA_BYTE, segment.byteSize() - 1))
                    .isEqualTo(fill);
            arena.close();
        }
    }
}
