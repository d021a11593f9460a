package io.memkind.lifecycle;

import io.memkind.MemoryKind;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** Random allocation and freeing by many threads that exchange blocks; the content of each block is checked. */
final class Churn {
    private static final MemorySegment ALL = Memory.ALL;

    /** A block and what it was filled with. */
    record Block(long address, long byteSize, byte fill) {
        static Block allocate(MemoryKind kind, Random random) {
            long byteSize = 1 + (long) Math.exp(random.nextDouble() * 11);
            long address = random.nextInt(8) == 0 ? kind.calloc(1, byteSize) : kind.malloc(byteSize);
            byte fill = (byte) random.nextInt();
            ALL.asSlice(address, byteSize).fill(fill);
            return new Block(address, byteSize, fill);
        }

        void check() {
            long end = address + byteSize - 1;
            if (ALL.get(ValueLayout.JAVA_BYTE, address) != fill
                    || ALL.get(ValueLayout.JAVA_BYTE, (address + end) >>> 1) != fill
                    || ALL.get(ValueLayout.JAVA_BYTE, end) != fill) {
                throw new AssertionError("block of " + byteSize + " bytes at " + address + " was changed");
            }
        }
    }

    private final MemoryKind kind;
    private final AtomicReferenceArray<Block> shared = new AtomicReferenceArray<>(512);

    Churn(MemoryKind kind) {
        this.kind = kind;
    }

    /** Puts new blocks into random places and frees what was there, whoever allocated it. */
    int run(long seed, int operations) {
        Random random = new Random(seed);
        for (int i = 0; i < operations; i++) {
            Block mine = Block.allocate(kind, random);
            Block other = shared.getAndSet(random.nextInt(shared.length()), mine);
            if (other != null) {
                other.check();
                kind.free(other.address());
            }
        }
        return operations;
    }

    /** Frees all that is left. */
    void finish() {
        for (int i = 0; i < shared.length(); i++) {
            Block block = shared.getAndSet(i, null);
            if (block != null) {
                block.check();
                kind.free(block.address());
            }
        }
    }
}
