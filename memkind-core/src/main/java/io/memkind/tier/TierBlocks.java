package io.memkind.tier;

import io.memkind.InvalidAddressException;
import io.memkind.KindExhaustedException;
import java.lang.invoke.VarHandle;

/** The live blocks of a tiered memory: their records and counts, kept in step. Thread-safe. */
final class TierBlocks {
    private final String name;
    private final Tier[] tiers;
    private final BlockRecords records;
    private volatile boolean closed;

    TierBlocks(String name, Tier[] tiers, BlockRecords records) {
        this.name = name;
        this.tiers = tiers;
        this.records = records;
    }

    boolean isClosed() {
        return closed;
    }

    void requireOpen() {
        if (closed) {
            throw TierErrors.closed(name);
        }
    }

    /** Whether a live block starts at the address. */
    boolean has(long address) {
        return records.get(address) != BlockRecords.NONE;
    }

    /** The size that was asked for; the address must be that of a live block. */
    long require(long address) {
        long byteSize = records.get(address);
        if (byteSize == BlockRecords.NONE) {
            throw TierErrors.notOurs(name, address);
        }
        return byteSize;
    }

    void requireSize(long address, long byteSize) {
        long found = require(address);
        if (found != byteSize) {
            throw TierErrors.wrongSize(name, address, found, byteSize);
        }
    }

    /** The tier of a live block; of a claimed one, until it is freed in its kind. */
    Tier tierOf(long address) {
        return tiers[records.tierOf(address)];
    }

    /**
     * Records and counts a block that a kind has just given.
     *
     * @throws KindExhaustedException if there is no memory for the record; the block is freed, and nothing has changed
     * @throws IllegalStateException if the memory was closed meanwhile; the block is freed
     */
    void enter(Tier tier, int stripe, long address, long byteSize) {
        record(tier, stripe, address, byteSize);
        /* The addition comes between the record and the look at closed: see close. */
        tier.counter.allocated(stripe, byteSize);
        if (closed) {
            throw leave(tier, address);
        }
    }

    private void record(Tier tier, int stripe, long address, long byteSize) {
        long stale;
        try {
            stale = records.put(address, byteSize, tier.index);
        } catch (KindExhaustedException | OutOfMemoryError e) {
            tier.kind.free(address);
            throw e;
        }
        if (stale != BlockRecords.NONE) {
            tier.freed(stripe, stale);
        }
    }

    /* The memory was closed while a call was inside: frees its block, unless the closer has. */
    private IllegalStateException leave(Tier tier, long address) {
        long byteSize = records.claim(address);
        if (byteSize != BlockRecords.NONE) {
            tier.kind.free(address);
            tier.freed(Stripes.current(), byteSize);
        }
        return TierErrors.closed(name);
    }

    /**
     * Takes the record of a block away, for the one caller that may then resize or free it in its kind, and must call {@link
     * #resized}, {@link #freed} or {@link #giveUp} after that. The block stays counted.
     *
     * @return the size that was asked for
     * @throws InvalidAddressException if no live block starts at the address
     */
    long claim(long address) {
        long byteSize = records.claim(address);
        if (byteSize == BlockRecords.NONE) {
            throw TierErrors.notOurs(name, address);
        }
        return byteSize;
    }

    /** A claimed block was freed in its kind. */
    void freed(Tier tier, long byteSize) {
        tier.freed(Stripes.current(), byteSize);
    }

    /**
     * A claimed block was resized in its kind.
     *
     * @throws KindExhaustedException if there is no memory for the record of the place it has moved to; the block is gone
     * @throws IllegalStateException if the memory was closed meanwhile; the block is freed
     */
    void resized(Tier tier, int stripe, long address, long oldBytes, long byteSize) {
        try {
            record(tier, stripe, address, byteSize);
        } catch (KindExhaustedException | OutOfMemoryError e) {
            tier.freed(stripe, oldBytes);
            throw e;
        }
        tier.counter.resized(stripe, oldBytes, byteSize);
        if (closed) {
            throw leave(tier, address);
        }
        if (byteSize < oldBytes) {
            tier.fullness.freed(oldBytes - byteSize);
        }
    }

    /**
     * A call of the kind with a claimed block has failed: the record goes back. Not if the block is dead, because it was freed in
     * its kind directly, or the kind was closed.
     */
    void giveUp(Tier tier, long address, long byteSize, Throwable failure) {
        if (failure instanceof InvalidAddressException && !tier.mayHold(address)) {
            freed(tier, byteSize);
            return;
        }
        records.put(address, byteSize, tier.index);
        VarHandle.fullFence();
        if (closed) {
            failure.addSuppressed(leave(tier, address));
        }
    }

    /** Frees all blocks. Those that calls in progress have claimed, or enter later, these calls free. */
    void close() {
        closed = true;
        /*
         * A call in progress records its block, adds to the counter, then looks at closed. Here it is closed, a look at the
         * counters, then at the records. All but the records are volatile: if the call has not seen that the memory is
         * closed, its addition came before this look, and so its record is seen.
         */
        for (Tier tier : tiers) {
            tier.statistics();
        }
        records.forEach(address -> {
            long byteSize = records.claim(address);
            if (byteSize != BlockRecords.NONE) {
                freeAtClose(tierOf(address), address, byteSize);
            }
        });
    }

    private void freeAtClose(Tier tier, long address, long byteSize) {
        try {
            tier.kind.free(address);
        } catch (InvalidAddressException | IllegalStateException e) {
            /* The kind was closed before, and has taken its blocks along. */
            return;
        } finally {
            freed(tier, byteSize);
        }
    }
}
