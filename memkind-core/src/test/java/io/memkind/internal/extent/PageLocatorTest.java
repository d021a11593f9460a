package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.internal.os.Advice;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.NumaCalls;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.RawMemory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PageLocatorTest {
    private static final long HUGE = 2L << 20;

    private final FaultyMemory memory = new FaultyMemory();
    private long address;
    private long byteSize;

    @BeforeEach
    void map() {
        /* More pages than one call asks about. */
        byteSize = ((1L << 14) + 100) * PageSize.BYTES;
        address = memory.map(byteSize, 0);
        assertThat(memory.advise(address, byteSize, Advice.NOHUGEPAGE)).isZero();
    }

    @AfterEach
    void unmap() {
        memory.failNothing();
        assertThat(memory.unmap(address, byteSize)).isZero();
    }

    private void touch(long page) {
        RawMemory.putLong(address + page * PageSize.BYTES, 1);
    }

    @Test
    void countsTouchedPagesByNode() {
        NumaCalls.assumeAllowed();
        for (long page : new long[] {0, 1, 7, (1 << 14) - 1, 1 << 14, (1 << 14) + 99}) {
            touch(page);
        }
        assertThat(PageLocator.bytesPerNode(memory, address, byteSize).values())
                .allMatch(bytes -> bytes > 0)
                .satisfies(all -> assertThat(
                                all.stream().mapToLong(Long::longValue).sum())
                        .isEqualTo(6 * PageSize.BYTES));
        assertThat(memory.count(FaultyMemory.Call.MOVE_PAGES)).isEqualTo(2);
    }

    @Test
    void countsNoUntouchedPage() {
        NumaCalls.assumeAllowed();
        touch(3);

        assertThat(PageLocator.bytesPerNode(address + 4 * PageSize.BYTES, 90 * PageSize.BYTES))
                .isEmpty();
        assertThat(PageLocator.bytesPerNode(address, byteSize)).hasSize(1).containsValue(PageSize.BYTES);
    }

    @Test
    void countsTheWholePageOfASingleByte() {
        NumaCalls.assumeAllowed();
        touch(3);
        long inside = address + 3 * PageSize.BYTES + 100;

        assertThat(PageLocator.bytesPerNode(inside, 1)).containsValue(PageSize.BYTES);
        assertThat(PageLocator.bytesPerNode(inside, PageSize.BYTES)).containsValue(PageSize.BYTES);
    }

    @Test
    void answersNothingWhereTheKernelDoesNotTell() {
        touch(3);
        memory.failAll(FaultyMemory.Call.MOVE_PAGES, Errno.ENOSYS);

        assertThat(PageLocator.bytesPerNode(memory, address, byteSize)).isEmpty();
    }

    @Test
    void splitsByPageSize() {
        touch(3);
        touch(4);

        assertThat(PageLocator.bytesPerPageSize(address, byteSize, 2 * PageSize.BYTES, HUGE))
                .containsOnlyKeys(PageSize.BYTES)
                .containsEntry(PageSize.BYTES, 2 * PageSize.BYTES);
        assertThat(PageLocator.bytesPerPageSize(address, byteSize, 0, HUGE)).isEmpty();
        assertThat(PageLocator.transparentHugeBytes(new long[][] {{address, address + byteSize}}))
                .isZero();
        assertThat(PageLocator.transparentHugeBytes(new long[0][])).isZero();
    }

    @Test
    void tellsTransparentHugePagesFromBasePages() {
        /* The first and last page stay without: the kernel must not merge the mapping with a neighbour's of the same kind. */
        assertThat(memory.advise(address + PageSize.BYTES, byteSize - 2 * PageSize.BYTES, Advice.HUGEPAGE))
                .isIn(0, -Errno.EINVAL);
        long huge = (address + HUGE - 1) & -HUGE;
        RawMemory.putLong(huge, 1);
        RawMemory.putLong(huge + 4 * HUGE, 1);
        long resident = memory.residentBytes(address, byteSize);
        long expectedHuge = PageLocator.transparentHugeBytes(new long[][] {{address, address + byteSize}});

        assertThat(resident).isGreaterThanOrEqualTo(2 * PageSize.BYTES);
        assertThat(expectedHuge % HUGE).isZero();
        assertThat(PageLocator.bytesPerPageSize(address, byteSize, resident, HUGE))
                .satisfies(bytes -> {
                    assertThat(bytes.getOrDefault(HUGE, 0L)).isEqualTo(expectedHuge);
                    assertThat(bytes.getOrDefault(PageSize.BYTES, 0L)).isEqualTo(resident - expectedHuge);
                });
        /* A range that ends inside a page has the whole page, of whatever size. */
        long ofFirst = Math.min(expectedHuge, HUGE);
        assertThat(PageLocator.bytesPerPageSize(huge, HUGE - 5, HUGE, HUGE)).satisfies(bytes -> {
            assertThat(bytes.getOrDefault(HUGE, 0L)).isEqualTo(ofFirst);
            assertThat(bytes.getOrDefault(PageSize.BYTES, 0L)).isEqualTo(HUGE - ofFirst);
        });
    }
}
