package io.memkind.tier;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicLong;

/** The blocks and requested bytes of one tier. Thread-safe, without locks. */
final class TierCounter {
    /*
     * Striped: a thread adds to the cell of its stripe, one atomic addition for bytes and blocks together. A cell is
     *
     *   bits 0..31   live bytes, signed      bits 32..47  blocks allocated      bits 48..63  blocks freed
     *
     * as a sum, so that negative bytes borrow from the fields above, and the reader corrects for it. A cell that has much is
     * emptied into the totals. Whoever empties it takes its content by compare-and-set, so nothing is counted twice or lost.
     *
     * What the policy sees, total and own cell, lacks at most MAX_CELL_BYTES of every other stripe, and what threads are
     * about to move. Whoever reads all of it takes a while, in which others move bytes from cell to cell; so what comes out is kept
     * within what the cells can hold of the one total that is read last. While a tier is small its cells keep next to nothing: a fraction of the total such that all stripes
     * together keep 1/32 of it.
     */
    static final long MAX_CELL_BYTES = 32 << 10;

    static final int MAX_CELL_BLOCKS = 1 << 12;
    private static final long ALLOCATED = 1L << 32;
    private static final long FREED = 1L << 48;
    private static final int CELL_SHARE_SHIFT = 5 + Integer.numberOfTrailingZeros(Stripes.COUNT);

    private static final VarHandle CELL =
            MethodHandles.arrayElementVarHandle(long[].class).withInvokeExactBehavior();

    private static final VarHandle LIVE_BYTES;

    static {
        try {
            LIVE_BYTES = MethodHandles.lookup()
                    .findVarHandle(TierCounter.class, "liveBytes", long.class)
                    .withInvokeExactBehavior();
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final long[] cells = Stripes.newCells();
    /* By LIVE_BYTES: a field rather than an object, since the policy reads it for every request. */
    @SuppressWarnings("unused")
    private long liveBytes;

    private final AtomicLong allocatedBlocks = new AtomicLong();
    private final AtomicLong liveBlocks = new AtomicLong();

    void allocated(int stripe, long byteSize) {
        add(stripe, ALLOCATED, byteSize);
    }

    void freed(int stripe, long byteSize) {
        add(stripe, FREED, -byteSize);
    }

    void resized(int stripe, long oldBytes, long newBytes) {
        add(stripe, 0, newBytes - oldBytes);
    }

    private void add(int stripe, long blocks, long bytes) {
        int cell = Stripes.cell(stripe);
        long more = blocks;
        if (Math.abs(bytes) > MAX_CELL_BYTES) {
            addToTotal(bytes);
        } else {
            more += bytes;
        }
        long now = (long) CELL.getAndAdd(cells, cell, more) + more;
        if (isFull(now)) {
            empty(cell);
        }
    }

    private boolean isFull(long cell) {
        long most = Math.min(MAX_CELL_BYTES, (long) LIVE_BYTES.getOpaque(this) >> CELL_SHARE_SHIFT);
        return Math.abs((long) bytesOf(cell)) > Math.max(0, most)
                || allocatedOf(cell) > MAX_CELL_BLOCKS
                || freedOf(cell) > MAX_CELL_BLOCKS;
    }

    private void empty(int cell) {
        long content = (long) CELL.getVolatile(cells, cell);
        /* Another thread's addition in between: that thread sees that the cell is full, and empties it. */
        if (CELL.compareAndSet(cells, cell, content, 0L)) {
            addToTotal(bytesOf(content));
            allocatedBlocks.getAndAdd(allocatedOf(content));
            liveBlocks.getAndAdd(allocatedOf(content) - freedOf(content));
        }
    }

    private void addToTotal(long bytes) {
        long unused = (long) LIVE_BYTES.getAndAdd(this, bytes);
    }

    private static int bytesOf(long cell) {
        return (int) cell;
    }

    private static int allocatedOf(long cell) {
        return (int) ((cell - (int) cell) >>> 32) & 0xFFFF;
    }

    private static int freedOf(long cell) {
        return (int) ((cell - (int) cell) >>> 48);
    }

    /** Live bytes as the policy sees them from a stripe. */
    long liveBytesFrom(int stripe) {
        return (long) LIVE_BYTES.getOpaque(this) + bytesOf((long) CELL.getOpaque(cells, Stripes.cell(stripe)));
    }

    /** Live bytes: exact when no call is in progress. Reading moves nothing. */
    long liveBytes() {
        long sum = (long) LIVE_BYTES.getVolatile(this);
        for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
            sum += bytesOf((long) CELL.getVolatile(cells, Stripes.cell(stripe)));
        }
        return within(sum, (long) LIVE_BYTES.getVolatile(this), Stripes.COUNT * MAX_CELL_BYTES);
    }

    /** Live blocks, as {@link #liveBytes}. */
    long liveBlocks() {
        long sum = liveBlocks.get();
        for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
            long cell = (long) CELL.getVolatile(cells, Stripes.cell(stripe));
            sum += allocatedOf(cell) - freedOf(cell);
        }
        return within(sum, liveBlocks.get(), (long) Stripes.COUNT * MAX_CELL_BLOCKS);
    }

    private static long within(long sum, long total, long most) {
        return Math.clamp(sum, total - most, total + most);
    }

    /** Blocks allocated, since the beginning. */
    long allocatedBlocks() {
        long sum = allocatedBlocks.get();
        for (int stripe = 0; stripe < Stripes.COUNT; stripe++) {
            sum += allocatedOf((long) CELL.getVolatile(cells, Stripes.cell(stripe)));
        }
        return sum;
    }
}
