package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.RawMemory;
import java.lang.foreign.MemorySegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/** A pool, with a record of the runs that it handed out; each is filled with a pattern of its own. */
final class PoolModel {
    private static final MemorySegment ZEROS = MemorySegment.ofArray(new byte[4 << 20]);

    private final ExtentPool pool;
    private final long limitPages;
    private final Random random;
    private final String description;
    private final TreeMap<Long, Long> pagesByAddress = new TreeMap<>();
    private long usedPages;
    private long zeroedRuns;
    private long refusals;
    private long growths;

    PoolModel(ExtentPool pool, long limitPages, long seed) {
        this.pool = pool;
        this.limitPages = limitPages;
        this.random = new Random(seed);
        this.description = "seed " + seed;
    }

    /** Does one random operation and checks the books. */
    void step() {
        int choice = random.nextInt(20);
        if (choice < 9 || pagesByAddress.isEmpty()) {
            allocate();
        } else if (choice < 14) {
            freeTail(anyRun(), 0);
        } else if (choice < 16) {
            long run = anyRun();
            freeTail(run, random.nextLong(pagesByAddress.get(run)));
        } else if (choice < 18) {
            grow(anyRun());
        } else if (choice == 18) {
            pool.purgeTo(random.nextInt(500));
        } else {
            pool.decayStep();
        }
        checkCounts();
    }

    void freeAll() {
        List<Long> addresses = new ArrayList<>(pagesByAddress.keySet());
        while (!addresses.isEmpty()) {
            freeTail(addresses.remove(random.nextInt(addresses.size())), 0);
        }
        checkCounts();
    }

    long zeroedRuns() {
        return zeroedRuns;
    }

    long refusals() {
        return refusals;
    }

    long growths() {
        return growths;
    }

    private long anyRun() {
        List<Long> addresses = new ArrayList<>(pagesByAddress.keySet());
        return addresses.get(random.nextInt(addresses.size()));
    }

    private void allocate() {
        long pages = 1L + random.nextInt(random.nextInt(4) == 0 ? 700 : 12);
        long alignment = PageSize.BYTES << (random.nextInt(3) == 0 ? random.nextInt(11) : 0);
        long tagged;
        try {
            tagged = pool.allocate(pages, alignment);
        } catch (ExtentUnavailableException e) {
            assertThat(e).as(description).hasMessageContaining("limit");
            assertThat(usedPages + pages).as("refused, %s", description).isGreaterThan(limitPages);
            refusals++;
            return;
        }
        long address = ExtentPool.addressOf(tagged);
        assertThat(address % alignment)
                .as("alignment to %d, %s", alignment, description)
                .isZero();
        checkOwnedByNobody(address, pages);
        if (ExtentPool.isZeroed(tagged)) {
            zeroedRuns++;
            long byteSize = pages * PageSize.BYTES;
            assertThat(RawMemory.segment(address, byteSize).mismatch(ZEROS.asSlice(0, byteSize)))
                    .as("first byte that is not zero, %s", description)
                    .isEqualTo(-1);
        }
        enter(address, pages);
    }

    private void grow(long address) {
        long pages = pagesByAddress.get(address);
        long newPages = pages + 1 + random.nextInt(20);
        checkPattern(address, pages);
        if (pool.tryGrow(address, pages, newPages)) {
            growths++;
            leave(address, pages);
            checkOwnedByNobody(address, newPages);
            enter(address, newPages);
        }
    }

    /** Frees all pages of the run from {@code keptPages} on. */
    private void freeTail(long address, long keptPages) {
        long pages = pagesByAddress.get(address);
        checkPattern(address, pages);
        leave(address, pages);
        if (keptPages > 0) {
            enter(address, keptPages);
        }
        pool.free(address + keptPages * PageSize.BYTES, pages - keptPages);
    }

    private void enter(long address, long pages) {
        Map.Entry<Long, Long> below = pagesByAddress.lowerEntry(address + pages * PageSize.BYTES);
        if (below != null) {
            assertThat(below.getKey() + below.getValue() * PageSize.BYTES)
                    .as("end of the run below, %s", description)
                    .isLessThanOrEqualTo(address);
        }
        pagesByAddress.put(address, pages);
        usedPages += pages;
        RawMemory.segment(address, pages * PageSize.BYTES).fill(pattern(address));
    }

    private void leave(long address, long pages) {
        pagesByAddress.remove(address);
        usedPages -= pages;
    }

    private void checkOwnedByNobody(long address, long pages) {
        for (long page = 0; page < pages; page++) {
            if (PageMap.get(address + page * PageSize.BYTES) != null) {
                assertThat(page).as("page with an entry, %s", description).isEqualTo(-1);
            }
        }
    }

    /* Never zero. */
    private static byte pattern(long address) {
        return (byte) ((address >>> PageSize.SHIFT) % 127 + 1);
    }

    private void checkPattern(long address, long pages) {
        long expected = 0x0101010101010101L * pattern(address);
        for (long at = address; at < address + pages * PageSize.BYTES; at += 8) {
            if (RawMemory.getLong(at) != expected) {
                assertThat(RawMemory.getLong(at))
                        .as("content at offset %d of a run, %s", at - address, description)
                        .isEqualTo(expected);
            }
        }
    }

    private void checkCounts() {
        ExtentCounts counts = pool.counts();
        assertThat(counts.activeBytes()).as(description).isEqualTo(usedPages * PageSize.BYTES);
        assertThat(counts.mappedBytes())
                .as(description)
                .isEqualTo(counts.activeBytes() + counts.dirtyBytes() + counts.cleanBytes());
        assertThat((counts.activeBytes() + counts.dirtyBytes()) / PageSize.BYTES)
                .as("active and dirty pages, %s", description)
                .isLessThanOrEqualTo(limitPages);
    }
}
