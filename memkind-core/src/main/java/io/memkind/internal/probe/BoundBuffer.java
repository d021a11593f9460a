package io.memkind.internal.probe;

import io.memkind.internal.os.Advice;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.MemoryPolicy;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.RawMemory;
import io.memkind.internal.os.Smaps;
import io.memkind.internal.os.VirtualMemory;

/** Memory of one node, all of it present, and known to be there. */
public final class BoundBuffer implements AutoCloseable {
    private static final int PAGES_PER_CALL = 1 << 16;

    private final VirtualMemory memory;
    private final long address;
    private final long byteSize;
    private final int node;
    /** Whether the machine has memory nowhere else, so that nothing is lost where the kernel forbids NUMA calls. */
    private final boolean onlyNode;

    private BoundBuffer(VirtualMemory memory, long address, long byteSize, int node, boolean onlyNode) {
        this.memory = memory;
        this.address = address;
        this.byteSize = byteSize;
        this.node = node;
        this.onlyNode = onlyNode;
    }

    /**
     * Maps memory of a node.
     *
     * @param byteSize a multiple of the page size
     * @param onlyNode whether the machine has no other node with memory
     * @throws UnmeasuredException if it is not to be had; nothing is left mapped then
     */
    public static BoundBuffer map(VirtualMemory memory, long byteSize, int node, boolean onlyNode)
            throws UnmeasuredException {
        long address = memory.map(byteSize, 0);
        if (address <= 0) {
            throw failed("mmap", (int) address);
        }
        BoundBuffer buffer = new BoundBuffer(memory, address, byteSize, node, onlyNode);
        boolean there = false;
        try {
            buffer.bind();
            buffer.populate();
            buffer.verify();
            there = true;
        } finally {
            if (!there) {
                buffer.close();
            }
        }
        return buffer;
    }

    private static UnmeasuredException failed(String call, int result) {
        return new UnmeasuredException(call + " failed: " + Errno.describe(-result));
    }

    private boolean tolerated(int result) {
        return onlyNode && (result == -Errno.EPERM || result == -Errno.ENOSYS);
    }

    private void bind() throws UnmeasuredException {
        long[] mask = new long[node / Long.SIZE + 1];
        mask[node / Long.SIZE] = 1L << node % Long.SIZE;
        int result = memory.bind(address, byteSize, MemoryPolicy.BIND, mask);
        if (result != 0 && !tolerated(result)) {
            throw failed("mbind to the node", result);
        }
    }

    private void populate() throws UnmeasuredException {
        memory.advise(address, byteSize, Advice.HUGEPAGE); // fewer misses of the TLB; not vital
        int result = memory.advise(address, byteSize, Advice.POPULATE_WRITE);
        if (result == -Errno.EINVAL) { // Linux before 5.14
            for (long offset = 0; offset < byteSize; offset += PageSize.BYTES) {
                RawMemory.putLong(address + offset, 0);
            }
        } else if (result != 0) {
            throw failed("populating its memory", result);
        }
    }

    private void verify() throws UnmeasuredException {
        long pageCount = byteSize / PageSize.BYTES;
        for (long first = 0; first < pageCount; first += PAGES_PER_CALL) {
            int[] nodes = new int[(int) Math.min(PAGES_PER_CALL, pageCount - first)];
            int result = memory.nodesOf(address + first * PageSize.BYTES, nodes);
            if (tolerated(result)) {
                return;
            }
            if (result != 0) {
                throw failed("move_pages, which tells where pages are,", result);
            }
            for (int found : nodes) {
                if (found != node) {
                    throw new UnmeasuredException("of the memory bound to the node, a page is "
                            + (found < 0 ? "missing: " + Errno.describe(-found) : "on node " + found));
                }
            }
        }
    }

    public long address() {
        return address;
    }

    public long byteSize() {
        return byteSize;
    }

    public long hugeByteSize() {
        long sum = Smaps.overlapping(address, address + byteSize).stream()
                .mapToLong(Smaps.Mapping::hugeBytes)
                .sum();
        return Math.min(sum, byteSize); // the kernel may have merged it with a neighbour
    }

    @Override
    public void close() {
        memory.unmap(address, byteSize);
    }
}
