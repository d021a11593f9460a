package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** The caller's memory ends before the kind: the kind says so, and nothing else is damaged. */
@SuppressWarnings("MustBeClosedChecker") // the moment of closing is what is tested
class FixedKindLifetimeTest {
    private static final long MIB = 1L << 20;

    @Test
    void everyCallReportsTheEnd() {
        Arena arena = Arena.ofShared();
        MemoryKind kind = FixedKinds.create(arena.allocate(4 * MIB, 4096), "mine");
        long block = kind.malloc(100);
        long large = kind.malloc(MIB);
        MemorySegment segment = kind.allocate(100);
        Arena inner = kind.confinedArena();
        assertThat(inner.allocate(10).byteSize()).isEqualTo(10);
        arena.close();
        List<ThrowingCallable> calls = List.of(
                () -> kind.malloc(10),
                () -> kind.malloc(MIB),
                () -> kind.calloc(1, 10),
                () -> kind.memalign(64, 10),
                () -> kind.allocate(10),
                () -> kind.allocateUninitialized(10),
                () -> kind.realloc(block, 1000),
                () -> kind.realloc(large, 2 * MIB),
                () -> kind.free(block),
                () -> kind.free(large),
                () -> kind.free(block, 10),
                () -> kind.free(segment),
                () -> kind.usableSize(block),
                () -> inner.allocate(100_000),
                inner::close);
        for (ThrowingCallable call : calls) {
            assertThatIllegalStateException()
                    .isThrownBy(call)
                    .withMessageContaining("the memory of mine at 0x")
                    .withMessageContaining("Close the kind before its memory");
        }
        assertThatIllegalStateException().isThrownBy(() -> segment.get(ValueLayout.JAVA_BYTE, 0));
        assertThat(kind.residentBytes()).isZero();
        assertThat(kind.statistics().residentBytes()).isZero();
        kind.trim();
        kind.close();
        kind.close();
    }

    @Test
    void aDeadArenaIsRefused() {
        Arena arena = Arena.ofShared();
        MemorySegment segment = arena.allocate(MIB, 4096);
        arena.close();
        assertThatIllegalStateException()
                .isThrownBy(() -> FixedKinds.create(segment))
                .withMessageContaining("closed already");
    }

    /* The kernel gives the same addresses again: first to the JDK, for a new fixed kind, then to other kinds. */
    @Test
    void addressesThatComeBackBelongToTheirNewOwner() {
        int sameAddresses = 0;
        for (int round = 0; round < 50; round++) {
            Arena arena = Arena.ofShared();
            MemorySegment memory = arena.allocate(8 * MIB, 4096);
            MemoryKind dead = FixedKinds.create(memory, "dead");
            List<Long> old = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                old.add(dead.malloc(1 + i * 300));
            }
            arena.close();
            try (Arena next = Arena.ofShared()) {
                MemorySegment again = next.allocate(8 * MIB, 4096);
                sameAddresses += again.address() == memory.address() ? 1 : 0;
                MemoryKind alive = FixedKinds.create(again, "alive");
                exercise(alive, old);
                dead.close();
                exercise(alive, old);
                alive.close();
            }
            assertThatIllegalStateException().isThrownBy(() -> dead.malloc(1));
        }
        if (sameAddresses == 0) {
            System.out.println("Skipped in part: the JDK gave no address again; LostMemoryTest does not depend on it");
        }
    }

    @Test
    void addressesThatComeBackToAnotherKindBelongToIt() {
        int taken = 0;
        for (int round = 0; round < 20; round++) {
            Arena arena = Arena.ofShared();
            MemorySegment memory = arena.allocate(64 * MIB, 4096);
            MemoryKind dead = FixedKinds.create(memory, "dead");
            List<Long> old = new ArrayList<>();
            for (int i = 0; i < 500; i++) {
                old.add(dead.malloc(1 + i * 300));
            }
            arena.close();
            try (MemoryKind alive = MemoryKind.builder(Kinds.DEFAULT).build()) {
                long big = alive.malloc(48 * MIB);
                taken += big + 48 * MIB > memory.address() && big < memory.address() + 64 * MIB ? 1 : 0;
                exercise(alive, old);
                dead.close();
                exercise(alive, old);
                alive.free(big);
            }
        }
        if (taken == 0) {
            System.out.println(
                    "Skipped in part: the kernel gave no address again; LostMemoryTest does not depend on it");
        }
    }

    /* Old addresses are refused unless a block starts there; new blocks are disjoint and whole. */
    private static void exercise(MemoryKind kind, List<Long> old) {
        List<long[]> live = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            long size = 1 + i * 37L % 20_000;
            long block = kind.calloc(1, size);
            assertThat(Pattern.firstNonZero(block, size)).isEqualTo(-1);
            Pattern.fill(block, size, i);
            live.add(new long[] {block, size, i});
        }
        for (long address : old) {
            if (live.stream().noneMatch(block -> block[0] == address)) {
                assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> kind.free(address));
            }
        }
        for (long[] block : live) {
            assertThat(Pattern.firstDamage(block[0], block[1], block[2])).isEqualTo(-1);
            assertThat(MemoryKind.detect(block[0])).containsSame(kind);
            kind.free(block[0]);
        }
    }

    /* Only calls that touch no block: the caller's own use of a raw address is the caller's to end. */
    @RepeatedTest(10)
    void theArenaMayCloseWhileThreadsUseTheKind() {
        Arena arena = Arena.ofShared();
        MemoryKind kind = FixedKinds.create(arena.allocate(32 * MIB, 4096), "mine");
        AtomicLong operations = new AtomicLong();
        Workers workers = Workers.start(4, Thread.ofPlatform().daemon().factory(), worker -> {
            long size = 1;
            while (true) {
                try {
                    long block = size % 2 == 0 ? kind.malloc(size) : kind.calloc(1, size);
                    block = kind.realloc(block, 2 * size);
                    kind.free(block);
                } catch (IllegalStateException e) {
                    return;
                }
                size = size % 100_000 * 3 + 1;
                operations.incrementAndGet();
            }
        });
        while (operations.get() < 2_000 && !workers.failed()) {
            Thread.onSpinWait();
        }
        arena.close();
        workers.join();
        kind.close();
    }

    @Test
    void aConfinedSegmentIsForItsOwnerOnly() {
        try (Arena arena = Arena.ofConfined();
                MemoryKind kind = FixedKinds.create(arena.allocate(MIB, 4096), "confined")) {
            long block = kind.malloc(100);
            Workers.run(1, worker -> {
                assertThatExceptionOfType(WrongThreadException.class)
                        .isThrownBy(() -> kind.malloc(100))
                        .withMessageContaining("confined to another thread");
                assertThatExceptionOfType(WrongThreadException.class).isThrownBy(() -> kind.free(block));
                kind.trim();
                assertThat(kind.statistics().allocatedBytes()).isEqualTo(112);
            });
            kind.free(block);
        }
    }

    @Test
    void memoryOfAnAutomaticArenaStaysWhileTheKindIsOpen() {
        try (MemoryKind kind = FixedKinds.create(Arena.ofAuto().allocate(MIB, 4096))) {
            long block = kind.malloc(100);
            Pattern.fill(block, 100, 1);
            System.gc();
            assertThat(Pattern.firstDamage(block, 100, 1)).isEqualTo(-1);
            kind.free(block);
        }
    }
}
