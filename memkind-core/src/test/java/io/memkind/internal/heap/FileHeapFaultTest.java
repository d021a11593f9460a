package io.memkind.internal.heap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.memkind.Pattern;
import io.memkind.TestDirectories;
import io.memkind.internal.extent.ExtentSource;
import io.memkind.internal.extent.ExtentUnavailableException;
import io.memkind.internal.extent.FaultyFiles;
import io.memkind.internal.extent.FaultyFiles.Call;
import io.memkind.internal.extent.FaultyMemory;
import io.memkind.internal.extent.FileRefusedException;
import io.memkind.internal.extent.SourceOver;
import io.memkind.internal.os.Errno;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Heaps over files whose calls fail: nothing leaks, and no block is handed out without space behind it. */
class FileHeapFaultTest {
    private static final long[] SIZES = {1, 100, 5_000, 30_000, 100_000, 3_000_000, 1, 20_000_000, 700_000};
    private static final HeapOptions KEEPS_NOTHING = new HeapOptions(Long.MAX_VALUE, Duration.ZERO, false, true);

    private final FaultyMemory memory = new FaultyMemory();
    private final FaultyFiles files = new FaultyFiles();

    private Heap open(HeapOptions options) {
        ExtentSource source = source();
        /* The memory for records is another one: it is never given back. */
        return new Heap(source, options);
    }

    private ExtentSource source() {
        try {
            return SourceOver.files(memory, files, TestDirectories.inMemory(), Long.MAX_VALUE);
        } catch (FileRefusedException e) {
            assertThat(files.openFiles()).as("after a refusal").isZero();
            return SourceOver.files(memory, files, TestDirectories.inMemory(), Long.MAX_VALUE);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"OPEN", "FTRUNCATE", "FALLOCATE", "PUNCH_HOLE", "MMAP", "FSTATFS", "CLOSE"})
    void anyOneCallMayFail(Call call) {
        for (int errno : new int[] {Errno.ENOSPC, Errno.EIO, Errno.EOPNOTSUPP}) {
            for (HeapOptions options : List.of(HeapOptions.DEFAULT, KEEPS_NOTHING)) {
                boolean failed = true;
                for (long n = 1; failed && n < 100; n++) {
                    files.failNth(call, n, errno);
                    Heap heap = open(options);
                    List<Long> live = new ArrayList<>();
                    for (long byteSize : SIZES) {
                        live.add(allocate(heap, byteSize));
                    }
                    live.set(1, heap.reallocate(live.get(1), 200_000));
                    live.forEach(block -> assertThat(files.isReserved(block, heap.usableBytes(block)))
                            .isTrue());
                    live.forEach(heap::free);
                    heap.trim();
                    heap.trim();
                    assertThat(heap.census().allocatedBytes()).isZero();
                    assertThat(heap.counts().activeBytes()).isZero();
                    heap.close();
                    failed = !files.failedCalls().isEmpty();
                    assertThat(files.openFiles()).isZero();
                    assertThat(memory.mappedBytes()).isZero();
                }
            }
        }
    }

    private long allocate(Heap heap, long byteSize) {
        long block;
        try {
            block = heap.allocateZeroed(byteSize);
        } catch (ExtentUnavailableException e) {
            assertThat(e).hasMessageContaining("failed").hasMessageContaining("E");
            block = heap.allocateZeroed(byteSize);
        }
        assertThat(files.isReserved(block, byteSize))
                .as("%d bytes reserved", byteSize)
                .isTrue();
        assertThat(Pattern.firstNonZero(block, byteSize)).isEqualTo(-1);
        Pattern.at(block, byteSize).fill((byte) -1);
        return block;
    }

    @ParameterizedTest
    @CsvSource({"true,true", "true,false", "false,true", "false,false"})
    void aFullFileSystemIsAnExceptionAndOverWhenBlocksAreFreed(boolean allocates, boolean punchesHoles) {
        if (!allocates) {
            files.failAll(Call.FALLOCATE, Errno.EOPNOTSUPP);
        }
        if (!punchesHoles) {
            files.failAll(Call.PUNCH_HOLE, Errno.EOPNOTSUPP);
        }
        Heap heap = open(HeapOptions.DEFAULT);
        files.allowBytes(20 << 20);
        for (long byteSize : new long[] {700, 9_000, 300_000}) {
            List<Long> live = new ArrayList<>();
            assertThatExceptionOfType(ExtentUnavailableException.class)
                    .isThrownBy(() -> {
                        while (live.size() < 100_000) {
                            live.add(allocateOnce(heap, byteSize));
                        }
                    })
                    .withMessageContaining("ENOSPC (no space left on device)")
                    .withMessageContaining(TestDirectories.inMemory().toString());
            assertThat(live.size() * byteSize).as("bytes of %d each", byteSize).isGreaterThan(12 << 20);
            for (int i = 0; i < live.size(); i++) {
                assertThat(Pattern.firstDamage(live.get(i), byteSize, byteSize)).isEqualTo(-1);
            }
            live.forEach(heap::free);
            heap.trim();
        }
        heap.close();
        assertThat(files.openFiles()).isZero();
    }

    private long allocateOnce(Heap heap, long byteSize) {
        long block = heap.allocate(byteSize);
        assertThat(files.isReserved(block, heap.usableBytes(block))).isTrue();
        Pattern.fill(block, byteSize, byteSize);
        return block;
    }

    /** A block that cannot grow where it stands, for want of space, moves or stays. */
    @ParameterizedTest
    @ValueSource(longs = {1 << 20, 3 << 20})
    void growingWithoutSpaceKeepsTheBlock(long byteSize) {
        Heap heap = open(HeapOptions.DEFAULT);
        long block = heap.allocate(byteSize);
        Pattern.fill(block, byteSize, 3);
        long reserved = files.reservedBytes();
        files.allowBytes(reserved);
        assertThatExceptionOfType(ExtentUnavailableException.class)
                .isThrownBy(() -> heap.reallocate(block, 2 * byteSize))
                .withMessageContaining("ENOSPC");
        assertThat(files.reservedBytes()).isEqualTo(reserved);
        assertThat(Pattern.firstDamage(block, byteSize, 3)).isEqualTo(-1);
        files.failNothing();
        assertThat(Pattern.firstDamage(heap.reallocate(block, 2 * byteSize), byteSize, 3))
                .isEqualTo(-1);
        heap.close();
    }
}
