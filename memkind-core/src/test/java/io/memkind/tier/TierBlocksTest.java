package io.memkind.tier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.InvalidAddressException;
import io.memkind.KindExhaustedException;
import io.memkind.MemoryKind;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Records and counts stay in step when a call fails in the middle, or the memory is closed meanwhile. */
class TierBlocksTest {
    private static final int STRIPE = 0;

    private final TestTiers tiers = new TestTiers();
    private final MemoryKind kind = tiers.kind();
    private final Tier tier = new Tier(kind, 0, 1);

    @AfterEach
    void close() {
        tiers.close();
    }

    private TierBlocks blocks(BlockRecords records) {
        return new TierBlocks("tested", new Tier[] {tier}, records);
    }

    private void assertCount(long liveBytes, long liveBlocks) {
        assertThat(tier.statistics().liveBytes()).isEqualTo(liveBytes);
        assertThat(tier.statistics().liveBlocks()).isEqualTo(liveBlocks);
    }

    @Test
    void aBlockWithoutMemoryForItsRecordIsFreed() {
        MemoryKind small = tiers.limited(1 << 20);
        TierBlocks blocks = blocks(new BlockRecords(small));
        long address = kind.malloc(100);
        assertThatExceptionOfType(KindExhaustedException.class)
                .isThrownBy(() -> blocks.enter(tier, STRIPE, address, 100))
                .withMessageContaining(small.name());
        assertThat(blocks.has(address)).isFalse();
        assertThat(kind.statistics().allocatedBytes()).isZero();
        assertCount(0, 0);
    }

    @Test
    void aBlockThatMovedToWhereItsRecordHasNoMemoryIsUncounted() {
        long moved = kind.malloc(200);
        tier.counter.allocated(STRIPE, 100);
        TierBlocks blocks = blocks(new BlockRecords(tiers.limited(1 << 20)));
        assertThatExceptionOfType(KindExhaustedException.class)
                .isThrownBy(() -> blocks.resized(tier, STRIPE, moved, 100, 200));
        assertThat(kind.statistics().allocatedBytes()).isZero();
        assertCount(0, 0);
    }

    @Test
    void aCallThatFailsGivesTheRecordBack() {
        TierBlocks blocks = blocks(new BlockRecords());
        long address = kind.malloc(100);
        blocks.enter(tier, STRIPE, address, 100);
        assertThat(blocks.claim(address)).isEqualTo(100);
        assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> blocks.claim(address));
        blocks.giveUp(tier, address, 100, new InvalidAddressException("of something else", address));
        assertThat(blocks.require(address)).isEqualTo(100);
        assertCount(100, 1);
        blocks.close();
        assertThat(kind.statistics().allocatedBytes()).isZero();
        assertCount(0, 0);
    }

    @Test
    void aBlockThatEntersAfterTheCloseIsFreed() {
        TierBlocks blocks = blocks(new BlockRecords());
        blocks.close();
        long address = kind.malloc(100);
        assertThatIllegalStateException()
                .isThrownBy(() -> blocks.enter(tier, STRIPE, address, 100))
                .withMessageContaining("tested is closed");
        assertThat(kind.statistics().allocatedBytes()).isZero();
        assertCount(0, 0);
    }

    @Test
    void aBlockThatWasClaimedDuringTheCloseIsFreedByItsCall() {
        TierBlocks blocks = blocks(new BlockRecords());
        long resized = kind.malloc(100);
        long failed = kind.malloc(1000);
        blocks.enter(tier, STRIPE, resized, 100);
        blocks.enter(tier, STRIPE, failed, 1000);
        blocks.claim(resized);
        blocks.claim(failed);
        blocks.close();
        assertCount(1100, 2);
        assertThatIllegalStateException().isThrownBy(() -> blocks.resized(tier, STRIPE, resized, 100, 104));
        assertCount(1000, 1);
        IllegalArgumentException failure = new IllegalArgumentException();
        blocks.giveUp(tier, failed, 1000, failure);
        assertThat(failure.getSuppressed()).singleElement().isInstanceOf(IllegalStateException.class);
        assertThat(kind.statistics().allocatedBytes()).isZero();
        assertCount(0, 0);
    }
}
