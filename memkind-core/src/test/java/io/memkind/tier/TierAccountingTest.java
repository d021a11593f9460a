package io.memkind.tier;

import static io.memkind.tier.TestTiers.liveBlocks;
import static io.memkind.tier.TestTiers.liveBytes;
import static io.memkind.tier.TestTiers.tierOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.InvalidAddressException;
import io.memkind.KindExhaustedException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.Pattern;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is counted, and what is not. */
class TierAccountingTest {
    private final TestTiers tiers = new TestTiers();
    private final TieredMemory memory = tiers.ratios(1);

    @AfterEach
    void close() {
        tiers.close();
    }

    @Test
    void sizesAreCountedAsInTheTestOfTheCLibrary() {
        List<Long> blocks = new ArrayList<>();
        for (int i = 0; i < 512; i++) {
            blocks.add(memory.malloc(1024));
            blocks.add(memory.malloc(4096));
        }
        assertThat(liveBytes(memory, 0)).isEqualTo(512 * 5120);
        for (int i = 0; i < 10; i++) {
            blocks.add(memory.calloc(100, 33));
        }
        assertThat(liveBytes(memory, 0)).isEqualTo(512 * 5120 + 33_000);
        blocks.replaceAll(block -> memory.realloc(block, 512));
        assertThat(liveBytes(memory, 0)).isEqualTo(1034 * 512);
        blocks.replaceAll(block -> memory.realloc(block, 5120));
        assertThat(liveBytes(memory, 0)).isEqualTo(1034 * 5120);
        blocks.add(memory.memalign(64, 100));
        assertThat(liveBytes(memory, 0)).isEqualTo(1034 * 5120 + 100);
        assertThat(liveBlocks(memory, 0)).isEqualTo(1035);
        assertThat(memory.statistics().getFirst().allocations()).isEqualTo(1035);
        blocks.forEach(memory::free);
        TestTiers.assertEmpty(memory);
        assertThat(memory.statistics().getFirst().allocations()).isEqualTo(1035);
    }

    @Test
    void everyWayToAllocateAndFreeCountsWhatWasAskedFor() {
        for (long size : new long[] {0, 1, 7, 8, 9, 100, 125, 126, 127, 128, 1000, 40_000, 3 << 20}) {
            List<Long> addresses = List.of(
                    memory.malloc(size),
                    memory.calloc(1, size),
                    memory.calloc(size, 1),
                    memory.memalign(256, size),
                    memory.realloc(0, size));
            MemorySegment zeroed = memory.allocate(size, 64);
            MemorySegment uninitialized = memory.allocateUninitialized(size, 8);
            assertThat(zeroed.byteSize()).isEqualTo(size);
            assertThat(Pattern.firstNonZero(zeroed)).isEqualTo(-1);
            assertThat(liveBytes(memory, 0)).as("7 of %d bytes", size).isEqualTo(7 * size);
            assertThat(liveBlocks(memory, 0)).isEqualTo(7);
            memory.free(zeroed);
            memory.free(uninitialized);
            memory.free(addresses.getFirst(), size);
            addresses.subList(1, 5).forEach(memory::free);
            TestTiers.assertEmpty(memory);
        }
    }

    @Test
    void address0IsNothingToFree() {
        memory.free(0);
        memory.free(0, 100);
        assertThat(liveBlocks(memory, 0)).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 47, Long.MAX_VALUE})
    void whatCannotBeServedIsNotCounted(long byteSize) {
        long block = memory.malloc(100);
        Pattern.fill(block, 100, 1);
        assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> memory.malloc(byteSize));
        assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> memory.calloc(1, byteSize));
        assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> memory.memalign(64, byteSize));
        assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> memory.allocate(byteSize));
        assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> memory.realloc(0, byteSize));
        assertThat(memory.statistics())
                .containsExactly(new TierStatistics(memory.kinds().getFirst(), 1, 100, 1, 1, 5));
        memory.free(block);
        TestTiers.assertEmpty(memory);
    }

    @Test
    void aFailedResizeLeavesTheCountAndTheBlock_inTheCLibraryTheCountDrifts() {
        long block = memory.malloc(1000);
        Pattern.fill(block, 1000, 1);
        for (int i = 0; i < 3; i++) {
            assertThatExceptionOfType(KindExhaustedException.class)
                    .isThrownBy(() -> memory.realloc(block, Long.MAX_VALUE));
            assertThatIllegalArgumentException().isThrownBy(() -> memory.realloc(block, -1));
            assertThat(liveBytes(memory, 0)).isEqualTo(1000);
            assertThat(liveBlocks(memory, 0)).isEqualTo(1);
            assertThat(Pattern.firstDamage(block, 1000, 1)).isEqualTo(-1);
        }
        memory.free(block, 1000);
        TestTiers.assertEmpty(memory);
    }

    @Test
    void badArgumentsAreRefusedAndNotCounted() {
        long block = memory.malloc(10);
        assertThatIllegalArgumentException().isThrownBy(() -> memory.malloc(-1)).withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.memalign(3, 1))
                .withMessageContaining("3");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.allocate(1, 0))
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.calloc(-1, 0))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.calloc((1L << 62) + 1, 4))
                .withMessageContaining("overflows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.calloc(1L << 32, 1L << 31))
                .withMessageContaining("overflows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.realloc(0, -5))
                .withMessageContaining("-5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> memory.free(block, -5))
                .withMessageContaining("-5");
        assertThat(memory.statistics())
                .containsExactly(new TierStatistics(memory.kinds().getFirst(), 1, 10, 1, 1, 0));
    }

    private void assertRefused(long address, ThrowingCallable... calls) {
        for (ThrowingCallable call : calls) {
            assertThatExceptionOfType(InvalidAddressException.class)
                    .isThrownBy(call)
                    .withMessageContainingAll(memory.name(), "0x" + Long.toHexString(address))
                    .satisfies(e -> assertThat(e.address()).isEqualTo(address));
        }
        assertThat(memory.tierOf(address)).isEmpty();
    }

    private void assertRefused(long address) {
        assertRefused(
                address,
                () -> memory.free(address),
                () -> memory.free(address, 1),
                () -> memory.free(Pattern.at(address, 1)),
                () -> memory.realloc(address, 10),
                () -> memory.usableSize(address));
    }

    @Test
    void addressesThatAreNotTheStartOfALiveBlockAreRefusedAndNotCounted() {
        long freed = memory.malloc(100);
        memory.free(freed);
        assertRefused(freed);
        for (long size : new long[] {100, 1000, 5000, 1 << 20}) {
            long block = memory.malloc(size);
            for (long offset = 1; offset < Math.min(size, 600); offset++) {
                assertRefused(block + offset);
            }
            assertThat(liveBytes(memory, 0)).isEqualTo(size);
            memory.free(block);
        }
        for (long address : new long[] {1, 8, -1, -8, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 47, 1L << 48, 1L << 40}) {
            assertRefused(address);
        }
        TestTiers.assertEmpty(memory);
    }

    @Test
    void blocksThatTheKindGaveToOthersAreRefusedAndNotCounted() {
        MemoryKind kind = memory.kinds().getFirst();
        long direct = kind.malloc(100);
        assertThat(liveBlocks(memory, 0)).isZero();
        assertRefused(direct);
        assertThatExceptionOfType(InvalidAddressException.class)
                .isThrownBy(() -> memory.free(direct))
                .withMessageContaining("lies in a block of " + kind.name());
        kind.free(direct);
        assertThat(liveBlocks(memory, 0)).isZero();
    }

    @Test
    void segmentsThatWereNotReturnedAreRefused() {
        MemorySegment segment = memory.allocate(100, 8);
        assertThatExceptionOfType(InvalidAddressException.class)
                .isThrownBy(() -> memory.free(segment.asSlice(0, 99)))
                .withMessageContainingAll("100 bytes", "not 99");
        assertThatExceptionOfType(InvalidAddressException.class)
                .isThrownBy(() -> memory.free(segment.address(), 101))
                .withMessageContaining("not 101");
        assertThatExceptionOfType(InvalidAddressException.class)
                .isThrownBy(() -> memory.free(MemorySegment.ofArray(new byte[100])))
                .withMessageContaining("Java heap");
        try (Arena arena = memory.confinedArena()) {
            MemorySegment ofArena = arena.allocate(50);
            assertThatExceptionOfType(InvalidAddressException.class)
                    .isThrownBy(() -> memory.free(ofArena))
                    .withMessageContaining("arena");
            assertThat(liveBytes(memory, 0)).isEqualTo(150);
            assertThat(memory.tierOf(ofArena.address())).hasValue(0);
        }
        memory.free(segment);
        TestTiers.assertEmpty(memory);
    }

    @Test
    void twoMemoriesOverTheSameKindsDoNotDisturbEachOther() {
        MemoryKind first = tiers.kind();
        MemoryKind second = tiers.kind();
        TierBuilder builder =
                TieredMemory.builder(TierPolicy.STATIC_RATIO).tier(first, 1).tier(second, 1);
        TieredMemory a = tiers.build(builder);
        TieredMemory b = tiers.build(builder);
        for (int i = 0; i < 10; i++) {
            a.malloc(1000);
        }
        long ofB = b.malloc(1);
        assertThat(tierOf(b, ofB)).isZero();
        assertThat(liveBytes(b, 0)).isEqualTo(1);
        assertThat(liveBytes(a, 0)).isEqualTo(5000);
        assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> a.free(ofB));
        assertThat(TieredMemory.detect(ofB)).contains(b);
        assertThat(TieredMemory.detect(ofB + 8)).isEmpty();
        a.close();
        assertThat(liveBytes(b, 0)).isEqualTo(1);
        b.free(ofB);
        TestTiers.assertEmpty(b);
    }

    @Test
    void aBlockThatWasFreedInItsKindIsUncountedWhenThatShows() {
        MemoryKind kind = memory.kinds().getFirst();
        long block = memory.malloc(1000);
        kind.free(block);
        assertThat(liveBytes(memory, 0)).isEqualTo(1000);
        assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> memory.free(block));
        assertThat(liveBytes(memory, 0)).isZero();
        assertThat(liveBlocks(memory, 0)).isZero();
        long again = memory.malloc(1000);
        kind.free(again);
        assertThat(memory.malloc(900)).isEqualTo(again);
        assertThat(liveBytes(memory, 0)).isEqualTo(900);
        assertThat(liveBlocks(memory, 0)).isEqualTo(1);
    }

    @Test
    void closingFreesTheBlocksAndLeavesTheKinds() {
        TieredMemory two = tiers.ratios(1, 1);
        List<Long> blocks = new ArrayList<>();
        for (long size : new long[] {0, 1, 8, 8, 8, 100, 126, 5000, 100_000, 1 << 20, 1 << 20}) {
            blocks.add(two.malloc(size));
        }
        long direct = two.kinds().getFirst().malloc(48);
        two.close();
        two.close();
        assertThat(two.statistics()).allSatisfy(tier -> {
            assertThat(tier.liveBytes()).isZero();
            assertThat(tier.liveBlocks()).isZero();
        });
        assertThat(two.kinds().getFirst().statistics().allocatedBytes()).isEqualTo(48);
        two.kinds().getFirst().free(direct);
        TestTiers.assertEmpty(two);
        assertThatIllegalStateException()
                .isThrownBy(() -> two.malloc(1))
                .withMessageContaining(two.name() + " is closed");
        assertThatIllegalStateException().isThrownBy(() -> two.allocate(1));
        assertThatIllegalStateException().isThrownBy(() -> two.calloc(1, 1));
        assertThatIllegalStateException().isThrownBy(() -> two.realloc(blocks.getFirst(), 1));
        assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> two.free(blocks.getFirst()));
        TestTiers.assertEmpty(two);
    }

    @Test
    void aKindThatIsClosedFirstTakesItsBlocksAlong() {
        MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT).build();
        TieredMemory over =
                TieredMemory.builder(TierPolicy.STATIC_RATIO).tier(kind, 1).build();
        long block = over.malloc(100);
        over.malloc(100);
        kind.close();
        assertThatIllegalStateException().isThrownBy(() -> over.malloc(1));
        assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> over.free(block));
        assertThat(liveBytes(over, 0)).isEqualTo(100);
        over.close();
        assertThat(liveBytes(over, 0)).isZero();
    }
}
