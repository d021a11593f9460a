package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/**
 * Live blocks of a kind with known content, and the kind's counts of blocks, to show that a refused call changes nothing.
 * What is free may go back meanwhile, by the decay thread.
 */
final class BlockState {
    private final MemoryKind kind;
    private final List<Long> blocks;
    private final LiveBlocks counts;

    private record LiveBlocks(
            long allocatedBytes, long largeBlocks, Map<Long, Long> small, List<LargeClassStatistics> large) {
        static LiveBlocks of(KindStatistics statistics) {
            Map<Long, Long> small = statistics.sizeClasses().stream()
                    .filter(sizeClass -> sizeClass.liveBlocks() > 0)
                    .collect(Collectors.toMap(SizeClassStatistics::blockByteSize, SizeClassStatistics::liveBlocks));
            return new LiveBlocks(
                    statistics.allocatedBytes(), statistics.largeBlocks(), small, statistics.largeClasses());
        }
    }

    private BlockState(MemoryKind kind, List<Long> blocks) {
        this.kind = kind;
        this.blocks = blocks;
        this.counts = LiveBlocks.of(kind.statistics());
    }

    static BlockState fill(MemoryKind kind, List<Long> blocks) {
        blocks.forEach(block -> Pattern.fill(block, kind.usableSize(block), block));
        return new BlockState(kind, blocks);
    }

    void assertUnchanged() {
        for (long block : blocks) {
            assertThat(Pattern.firstDamage(block, kind.usableSize(block), block))
                    .as("damage")
                    .isEqualTo(-1);
        }
        assertThat(LiveBlocks.of(kind.statistics())).as("counts").isEqualTo(counts);
    }

    /** All calls that take the start of a block refuse the address, and say what is there. */
    void assertRefused(long address, String whatIsThere) {
        assertRefused(address, whatIsThere, () -> kind.free(address));
        assertRefused(address, whatIsThere, () -> kind.free(address, 1));
        assertRefused(address, whatIsThere, () -> kind.usableSize(address));
        assertRefused(address, whatIsThere, () -> kind.realloc(address, 10));
        assertRefused(address, whatIsThere, () -> kind.realloc(address, 1 << 20));
        assertRefused(address, whatIsThere, () -> kind.free(Pattern.at(address, 1)));
    }

    private void assertRefused(long address, String whatIsThere, ThrowingCallable call) {
        InvalidAddressException e = catchThrowableOfType(InvalidAddressException.class, call);
        assertThat(e).as("refusal of 0x%x", address).isNotNull();
        assertThat(e.address()).isEqualTo(address);
        assertThat(e)
                .hasMessageContaining(kind.name())
                .hasMessageContaining("0x" + Long.toHexString(address))
                .hasMessageContaining(whatIsThere);
    }
}
