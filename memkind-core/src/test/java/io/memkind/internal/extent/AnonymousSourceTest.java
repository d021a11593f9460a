package io.memkind.internal.extent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.memkind.attribute.NodePolicy;
import io.memkind.internal.os.Errno;
import io.memkind.internal.os.MemoryPolicy;
import io.memkind.internal.os.NumaCalls;
import io.memkind.internal.os.PageSize;
import io.memkind.internal.os.RawMemory;
import io.memkind.internal.os.VirtualMemory;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class AnonymousSourceTest {
    private static final long HUGE = 2L << 20;
    private static final long UNKNOWN_NODE = 1L << 62;

    private final FaultyMemory memory = new FaultyMemory();

    private AnonymousSource source(AnonymousSource.Pages pages, int mode, long nodes) {
        return new AnonymousSource(memory, pages, HUGE, mode, new long[] {nodes});
    }

    @AfterEach
    void leavesNothingMapped() {
        assertThat(memory.mappedBytes()).isZero();
    }

    @ParameterizedTest
    @ValueSource(longs = {1L << 12, 1L << 16, 1L << 26, 1L << 33, 1L << 40})
    void mapsExactlyWhatIsAskedForAtTheAlignment(long alignment) {
        AnonymousSource source = source(AnonymousSource.Pages.BASE, MemoryPolicy.DEFAULT, 0);
        for (long pages : new long[] {1, 5, 512}) {
            long byteSize = pages * PageSize.BYTES;
            long address = source.map(byteSize, alignment);

            assertThat(address % alignment).isZero();
            assertThat(memory.mappedRanges()).isDeepEqualTo(new long[][] {{address, address + byteSize}});
            RawMemory.segment(address, byteSize).fill((byte) 1);
            assertThat(source.residentBytes(address, byteSize)).isEqualTo(byteSize);
            assertThat(source.unmap(address, byteSize)).isTrue();
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BASE", "TRANSPARENT_HUGE"})
    void readsZeroAfterAPurge(AnonymousSource.Pages pages) {
        AnonymousSource source = source(pages, MemoryPolicy.DEFAULT, 0);
        long address = source.map(2 * HUGE, PageSize.BYTES);
        assertThat(address % source.granularityByteSize()).isZero();
        RawMemory.segment(address, 2 * HUGE).fill((byte) 1);

        assertThat(source.purge(address, HUGE)).isEqualTo(ExtentSource.Purged.CLEAN);
        assertThat(source.residentBytes(address, 2 * HUGE)).isEqualTo(HUGE);
        assertThat(RawMemory.getLong(address)).isZero();
        assertThat(RawMemory.getLong(address + HUGE)).isEqualTo(0x0101010101010101L);
        assertThat(source.unmap(address, 2 * HUGE)).isTrue();
    }

    @Test
    void leavesNothingMappedWhenTheNodesDoNotExist() {
        NumaCalls.assumeAllowed();
        AnonymousSource source = source(AnonymousSource.Pages.BASE, MemoryPolicy.BIND, UNKNOWN_NODE);

        assertThatThrownBy(() -> source.map(HUGE, 1L << 30))
                .isInstanceOf(ExtentUnavailableException.class)
                .hasMessage("mbind of " + HUGE + " bytes failed: " + Errno.describe(Errno.EINVAL));
    }

    @Test
    void asksForAnyNodeNumber() {
        NumaCalls.assumeAllowed();
        int asked = 0;
        for (int node : new int[] {63, 64, 127, 1023}) {
            if (Files.exists(Path.of("/sys/devices/system/node/node" + node))) {
                continue;
            }
            asked++;
            AnonymousSource source =
                    AnonymousSource.over(List.of(node), NodePolicy.BIND, AnonymousSource.Pages.BASE, 0);
            assertThatThrownBy(() -> source.map(PageSize.BYTES, PageSize.BYTES))
                    .as("node %d, which this machine does not have", node)
                    .isInstanceOf(ExtentUnavailableException.class)
                    .hasMessageContaining("mbind");
        }
        assertThat(asked).isPositive();
    }

    @Test
    void tellsOfFailedPurgesAndUnmaps() {
        AnonymousSource source = source(AnonymousSource.Pages.BASE, MemoryPolicy.DEFAULT, 0);
        long address = source.map(HUGE, PageSize.BYTES);
        memory.failAll(FaultyMemory.Call.MADVISE, Errno.EAGAIN);
        assertThat(source.purge(address, HUGE)).isEqualTo(ExtentSource.Purged.FAILED);
        memory.failAll(FaultyMemory.Call.MUNMAP, Errno.ENOMEM);
        assertThat(source.unmap(address, HUGE)).isFalse();
        memory.failAll(FaultyMemory.Call.MINCORE, Errno.EAGAIN);
        assertThat(source.residentBytes(address, HUGE)).isZero();

        memory.failNothing();
        assertThat(source.unmap(address, HUGE)).isTrue();
    }

    /* With a pool or without: hugetlb memory is there at once, or the failure says which call refused it. */
    @Test
    void populatesHugetlbMemoryOrSaysWhyNot() {
        AnonymousSource source = source(AnonymousSource.Pages.HUGETLB, MemoryPolicy.DEFAULT, 0);
        assertThat(source.regionByteSize(HUGE, 64 * HUGE)).isEqualTo(HUGE);
        long address;
        try {
            address = source.map(HUGE, HUGE);
        } catch (ExtentUnavailableException e) {
            System.out.println("Skipped in part: only the refusal of hugetlb memory was tried, " + e.getMessage());
            assertThat(e).hasMessageMatching("(mmap|madvise) of " + HUGE + " bytes failed: (ENOMEM|EFAULT|EINVAL).*");
            return;
        }
        assertThat(source.residentBytes(address, HUGE)).isEqualTo(HUGE);
        assertThat(source.purge(address, HUGE)).isEqualTo(ExtentSource.Purged.UNMAPPED);
    }

    @Test
    void saysThatTheHugePagesAreUsedUp() {
        AnonymousSource source = source(AnonymousSource.Pages.HUGETLB, MemoryPolicy.DEFAULT, 0);
        memory.failAll(FaultyMemory.Call.MMAP, Errno.ENOMEM);
        assertThatThrownBy(() -> source.map(HUGE, HUGE))
                .isInstanceOf(ExtentUnavailableException.class)
                .hasMessage(
                        "mmap of 2097152 bytes failed: ENOMEM (cannot allocate memory): too few free huge pages; see"
                                + " free_hugepages, and raise nr_hugepages, in /sys/kernel/mm/hugepages/hugepages-2048kB");
        assertThatThrownBy(() -> source(AnonymousSource.Pages.BASE, MemoryPolicy.DEFAULT, 0)
                        .map(HUGE, HUGE))
                .hasMessage("mmap of 2097152 bytes failed: ENOMEM (cannot allocate memory)");
    }

    /* Base pages in their place, so that there are some on every machine: it is the error that counts. */
    @Test
    void saysSoToOfThoseOfItsNodes() {
        NumaCalls.assumeAllowed();
        VirtualMemory usedUp = (VirtualMemory) Proxy.newProxyInstance(
                VirtualMemory.class.getClassLoader(),
                new Class<?>[] {VirtualMemory.class},
                (proxy, method, arguments) -> {
                    if (method.getName().equals("map")) {
                        return memory.map((long) arguments[0], 0);
                    }
                    return method.getName().equals("advise") ? -Errno.EFAULT : method.invoke(memory, arguments);
                });
        AnonymousSource source = new AnonymousSource(
                usedUp, AnonymousSource.Pages.HUGETLB, PageSize.BYTES, MemoryPolicy.BIND, new long[] {1});
        assertThatThrownBy(() -> source.map(HUGE, PageSize.BYTES))
                .isInstanceOf(ExtentUnavailableException.class)
                .hasMessageContaining("madvise of 2097152 bytes failed: EFAULT")
                .hasMessageEndingWith("too few free huge pages; see free_hugepages, and raise nr_hugepages, in"
                        + " /sys/devices/system/node/node*/hugepages/hugepages-4kB of its nodes");
    }
}
