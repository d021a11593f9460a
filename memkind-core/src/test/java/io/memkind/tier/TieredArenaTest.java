package io.memkind.tier;

import static io.memkind.tier.TestTiers.liveBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.Pattern;
import io.memkind.Workers;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TieredArenaTest {
    private final TestTiers tiers = new TestTiers();
    private final TieredMemory memory = tiers.ratios(1, 1);

    @AfterEach
    void close() {
        tiers.close();
    }

    @Test
    void segmentsAreBlocksInTheTiersAndEndWithTheArena() {
        MemorySegment segment;
        try (Arena arena = memory.confinedArena()) {
            for (int i = 0; i < 10; i++) {
                segment = arena.allocate(1000, 64);
                assertThat(segment.address() % 64).isZero();
                assertThat(Pattern.firstNonZero(segment)).isEqualTo(-1);
                segment.fill((byte) 1);
                assertThat(memory.tierOf(segment.address())).hasValue(i % 2);
            }
            segment = arena.allocateFrom("tier");
            assertThat(segment.getString(0)).isEqualTo("tier");
            assertThat(segment.scope()).isEqualTo(arena.scope());
            assertThat(liveBytes(memory, 0)).isEqualTo(5005);
        }
        MemorySegment dead = segment;
        assertThatIllegalStateException().isThrownBy(() -> dead.get(ValueLayout.JAVA_BYTE, 0));
        TestTiers.assertEmpty(memory);
    }

    @Test
    void aRefusedRequestIsNotCounted() {
        Arena arena = memory.confinedArena();
        assertThatIllegalArgumentException().isThrownBy(() -> arena.allocate(-1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> arena.allocate(1, 3));
        Workers.run(
                1,
                worker -> assertThatExceptionOfType(WrongThreadException.class).isThrownBy(() -> arena.allocate(8, 8)));
        arena.close();
        assertThatIllegalStateException().isThrownBy(() -> arena.allocate(8, 8));
        assertThatIllegalStateException().isThrownBy(arena::close);
        assertThat(memory.statistics())
                .allSatisfy(tier -> assertThat(tier.allocations()).isZero());
    }

    @Test
    void aSharedArenaServesAllThreads() {
        Arena arena = memory.sharedArena();
        Workers.run(8, worker -> {
            for (int i = 0; i < 100; i++) {
                arena.allocate(100, 8).fill((byte) worker);
            }
        });
        assertThat(liveBytes(memory, 0) + liveBytes(memory, 1)).isEqualTo(80_000);
        arena.close();
        TestTiers.assertEmpty(memory);
    }

    @Test
    void anAutomaticArenaIsClosedByTheCollector() throws InterruptedException {
        allocateAndForget();
        for (int i = 0; i < 1000 && liveBytes(memory, 0) > 0; i++) {
            System.gc();
            Thread.sleep(10);
        }
        TestTiers.assertEmpty(memory);
    }

    private void allocateAndForget() {
        Arena arena = memory.autoArena();
        arena.allocate(100, 8).fill((byte) 1);
        assertThat(liveBytes(memory, 0)).isEqualTo(100);
        assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(arena::close);
    }
}
