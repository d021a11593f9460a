package io.memkind.tier;

import io.memkind.InvalidAddressException;
import io.memkind.MemoryKind;
import java.util.concurrent.atomic.LongAdder;

/** One kind of a tiered memory, and what the memory has there. */
final class Tier {
    final MemoryKind kind;
    final int index;
    final long ratio;
    final TierCounter counter = new TierCounter();
    final TierFullness fullness = new TierFullness();
    private final LongAdder refusals = new LongAdder();

    Tier(MemoryKind kind, int index, long ratio) {
        this.kind = kind;
        this.index = index;
        this.ratio = ratio;
    }

    void freed(int stripe, long byteSize) {
        counter.freed(stripe, byteSize);
        fullness.freed(byteSize);
    }

    void refused(long byteSize) {
        refusals.increment();
        fullness.refused(byteSize);
    }

    /** Whether a block of the kind starts at the address, as far as the kind can tell. */
    boolean mayHold(long address) {
        try {
            return kind.usableSize(address) > 0;
        } catch (InvalidAddressException e) {
            return false;
        } catch (IllegalStateException | WrongThreadException e) {
            return true;
        }
    }

    TierStatistics statistics() {
        return new TierStatistics(
                kind, ratio, counter.liveBytes(), counter.liveBlocks(), counter.allocatedBlocks(), refusals.sum());
    }
}
