package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Live blocks of a kind with known content, and the kind's statistics, to show that a refused call changes nothing. */
final class BlockState {
    private final MemoryKind kind;
    private final List<Long> blocks;
    private final KindStatistics statistics;

    private BlockState(MemoryKind kind, List<Long> blocks) {
        this.kind = kind;
        this.blocks = blocks;
        this.statistics = kind.statistics();
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
        assertThat(kind.statistics()).as("statistics").isEqualTo(statistics);
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
