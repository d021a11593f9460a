package io.memkind.internal.heap;

import io.memkind.internal.extent.PageMap;
import io.memkind.internal.extent.PageOwner;
import io.memkind.internal.os.PageSize;

/** Finds out, for a message, what is at an address that is not the start of a live block. Slow, and off every fast path. */
final class AddressRefusal {
    private AddressRefusal() {}

    static AddressRefusedException of(Heap heap, long address) {
        return new AddressRefusedException(describe(heap, address));
    }

    private static String describe(Heap heap, long address) {
        PageOwner owner = PageMap.get(address);
        if (owner instanceof Slab slab) {
            if (slab.shard.heap != heap) {
                return "it belongs to another kind's heap";
            }
            long slot = slab.slotOf(address);
            if (slot == -1) {
                return "it lies behind the last block of a slab";
            }
            if (slot != address) {
                return "it lies " + (address - slot) + " bytes inside "
                        + (BlockMap.isLive(slot) ? "the live" : "a free") + " block of " + slab.blockBytes
                        + " bytes at "
                        + hex(slot);
            }
            return "the block of " + slab.blockBytes + " bytes there is already free";
        }
        if (owner instanceof LargeBlock block && block.address() == address) {
            return block.heap == heap ? "the large block there is already free" : "it belongs to another kind's heap";
        }
        long live = liveBlockHolding(heap, address);
        if (live != 0) {
            return "it lies " + (address - live) + " bytes inside the large block at " + hex(live);
        }
        if (heap.pools().contains(address)) {
            return "it lies in free memory of this heap; most likely it was freed already";
        }
        return "this heap never handed it out";
    }

    /** Start of the live block of {@code heap} that holds the address, or 0. */
    static long liveBlockHolding(Heap heap, long address) {
        PageOwner owner = PageMap.get(address);
        if (owner instanceof Slab slab) {
            long slot = slab.slotOf(address);
            return slab.shard.heap == heap && BlockMap.isLive(slot) ? slot : 0;
        }
        if (!heap.pools().contains(address)) {
            return 0;
        }
        /* Large blocks are entered at their first page only: walk down to it. */
        for (long page = address & -PageSize.BYTES; heap.pools().contains(page); page -= PageSize.BYTES) {
            owner = PageMap.get(page);
            if (owner != null) {
                return owner instanceof LargeBlock block
                                && block.heap == heap
                                && block.isLiveVolatile()
                                && address < block.address() + block.byteSize()
                        ? block.address()
                        : 0;
            }
        }
        return 0;
    }

    private static String hex(long address) {
        return "0x" + Long.toHexString(address);
    }
}
