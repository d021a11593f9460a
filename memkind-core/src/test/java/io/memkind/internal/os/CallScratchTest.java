package io.memkind.internal.os;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CallScratchTest {
    @Test
    void givesZeroedMemoryOfTheAlignmentAskedFor() {
        try (Arena arena = CallScratch.open()) {
            arena.allocate(100, 1).fill((byte) 7);
        }
        for (int turn = 0; turn < 3; turn++) {
            try (Arena arena = CallScratch.open()) {
                MemorySegment odd = arena.allocate(3, 1);
                MemorySegment aligned = arena.allocate(64, 64);

                assertThat(aligned.address() % 64).isZero();
                assertThat(odd.asByteBuffer().get(0)).isZero();
                assertThat(aligned.toArray(ValueLayout.JAVA_BYTE)).containsOnly(0);
                assertThat(aligned.address()).isGreaterThanOrEqualTo(odd.address() + 3);
                aligned.fill((byte) 7);
            }
        }
    }

    @Test
    void givesDisjointMemoryToCallsInProgressHoweverMany() {
        List<Arena> open = new ArrayList<>();
        Set<Long> addresses = new HashSet<>();
        List<MemorySegment> all = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            Arena arena = CallScratch.open();
            open.add(arena);
            MemorySegment segment = arena.allocate(8, 8);
            segment.set(ValueLayout.JAVA_LONG, 0, i);
            all.add(segment);
            addresses.add(segment.address());
        }
        assertThat(addresses).hasSize(200);
        for (int i = 0; i < 200; i++) {
            assertThat(all.get(i).get(ValueLayout.JAVA_LONG, 0)).isEqualTo(i);
        }
        assertThat(open).filteredOn(CallScratch.class::isInstance).hasSizeBetween(32, Long.SIZE);
        open.forEach(Arena::close);

        try (Arena arena = CallScratch.open()) {
            assertThat(arena).isInstanceOf(CallScratch.class);
        }
    }

    @Test
    void givesMoreThanASlotHas() {
        MemorySegment large;
        try (Arena arena = CallScratch.open()) {
            MemorySegment small = arena.allocate(CallScratch.SLOT_BYTES - 8, 8);
            large = arena.allocate(CallScratch.SLOT_BYTES, 8);
            large.fill((byte) 1);

            assertThat(small.asOverlappingSlice(large)).isEmpty();
        }
        assertThat(large.scope().isAlive()).isFalse();
    }
}
