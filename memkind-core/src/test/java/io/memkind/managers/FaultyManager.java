package io.memkind.managers;

import io.memkind.spi.BlockHeap;
import io.memkind.spi.ExtentSupply;
import io.memkind.spi.HeapManager;
import java.lang.foreign.MemorySegment;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** A manager whose heaps fail when they are told to. Each block is memory of its own. */
public final class FaultyManager implements HeapManager {
    /** The heap that was opened last. */
    static volatile FaultyHeap last;

    @Override
    public String name() {
        return "Faulty";
    }

    @Override
    public Optional<String> refusal() {
        return Optional.empty();
    }

    @Override
    public boolean bindsToThreads() {
        return true;
    }

    @Override
    public BlockHeap open(ExtentSupply supply) {
        last = new FaultyHeap(supply);
        return last;
    }

    /** What it is told to do is for the next call. */
    static final class FaultyHeap implements BlockHeap {
        private static final long PAGE_BYTES = 65_536;

        private final ExtentSupply supply;
        private final Map<Long, Long> byteSizes = new ConcurrentHashMap<>();
        volatile boolean refuses;
        volatile boolean isTouchedAtClose;
        final AtomicInteger givenBack = new AtomicInteger();
        volatile boolean calledByVirtualThread;

        FaultyHeap(ExtentSupply supply) {
            this.supply = supply;
        }

        @Override
        public long allocate(long byteSize, long byteAlignment) {
            calledByVirtualThread |= Thread.currentThread().isVirtual();
            if (refuses) {
                return 0;
            }
            long whole = (byteSize + PAGE_BYTES - 1) & -PAGE_BYTES;
            long address = supply.allocate(whole);
            if (address != 0) {
                byteSizes.put(address, whole);
            }
            return address;
        }

        @Override
        @SuppressWarnings("restricted")
        public long reallocate(long address, long byteSize) {
            long moved = allocate(byteSize, 16);
            if (moved != 0) {
                long content = Math.min(byteSize, usableByteSize(address));
                MemorySegment.copy(
                        MemorySegment.ofAddress(address).reinterpret(content),
                        0,
                        MemorySegment.ofAddress(moved).reinterpret(content),
                        0,
                        content);
                free(address);
            }
            return moved;
        }

        @Override
        public void free(long address) {
            byteSizes.remove(address);
            if (!supply.free(address)) {
                throw new AssertionError("the supply does not know 0x" + Long.toHexString(address));
            }
        }

        @Override
        public long usableByteSize(long address) {
            return byteSizes.get(address);
        }

        @Override
        public boolean giveBack() {
            givenBack.incrementAndGet();
            return false;
        }

        @Override
        public boolean close() {
            return !isTouchedAtClose;
        }
    }
}
