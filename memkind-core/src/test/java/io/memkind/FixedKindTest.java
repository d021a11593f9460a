package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What fixed kinds have beside the contract of all kinds. */
class FixedKindTest {
    private static final long MIB = 1L << 20;

    private final Arena arena = Arena.ofShared();

    @AfterEach
    void close() {
        arena.close();
    }

    private MemorySegment dirty(long byteSize) {
        MemorySegment segment = arena.allocate(byteSize, 4096);
        segment.fill((byte) 0xFF);
        return segment;
    }

    private static void assertRefused(MemorySegment segment, String... parts) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FixedKinds.create(segment))
                .satisfies(e -> assertThat(e).hasMessageContainingAll(parts));
    }

    @Test
    void segmentsThatCannotBeManagedAreRefused() {
        assertRefused(MemorySegment.ofArray(new long[100_000]), "Java heap");
        assertRefused(arena.allocate(MIB, 4096).asReadOnly(), "read-only");
        assertRefused(MemorySegment.NULL, "0x0", "65536 is the least");
        assertRefused(arena.allocate(65_535, 4096), "of 65535 bytes has 61440 bytes in whole pages of 4096");
        assertRefused(arena.allocate(65_536 + 64, 4096).asSlice(64), "has 61440 bytes in whole pages");
        assertRefused(arena.allocate(10, 16), "of 10 bytes has 0 bytes in whole pages");
    }

    /* Addresses that no process can have, or that the kernel gives only to those who ask for them (five-level paging). */
    @Test
    @SuppressWarnings("restricted")
    void addressesBeyondThoseOfOrdinaryMappingsAreRefused() {
        for (long address : new long[] {1L << 50, -(1L << 30), -MIB, (1L << 47) - MIB / 2}) {
            assertRefused(
                    MemorySegment.ofAddress(address).reinterpret(MIB),
                    "0x" + Long.toHexString(address),
                    "ends beyond the addresses that can be managed");
        }
        assertRefused(MemorySegment.ofAddress(4096).reinterpret(Long.MAX_VALUE), "0x1000", "ends beyond the addresses");
        /* A refusal leaves no claim. */
        FixedKinds.create(dirty(MIB)).close();
    }

    @Test
    void overlappingSegmentsAreRefusedUntilTheFirstKindIsClosed() {
        MemorySegment all = dirty(4 * MIB);
        MemorySegment[] overlapping = {
            all, all.asSlice(0, MIB), all.asSlice(3 * MIB), all.asSlice(MIB, MIB), all.asSlice(4096, MIB)
        };
        try (MemoryKind kind = FixedKinds.create(all)) {
            for (MemorySegment segment : overlapping) {
                assertRefused(segment, "overlaps", "0x" + Long.toHexString(all.address()), "close that kind first");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> MemoryKind.builder(kind).build())
                    .withMessageContaining("overlaps");
            assertThat(kind.malloc(3 * MIB)).isPositive();
        }
        for (MemorySegment segment : overlapping) {
            FixedKinds.create(segment).close();
        }
        try (MemoryKind low = FixedKinds.create(all.asSlice(0, 2 * MIB));
                MemoryKind high = FixedKinds.create(all.asSlice(2 * MIB))) {
            assertRefused(all.asSlice(MIB, 2 * MIB), "overlaps");
            long block = low.malloc(2 * MIB);
            assertThat(high.malloc(2 * MIB)).isEqualTo(block + 2 * MIB);
        }
    }

    @Test
    void memoryOfOtherKindsIsRefused() {
        for (long size : new long[] {200_000, 8 * MIB}) {
            MemorySegment block = Kinds.DEFAULT.allocate(size, 4096);
            assertRefused(block, "lies in memory of another kind");
            assertRefused(block.asSlice(8192), "lies in memory of another kind");
            Kinds.DEFAULT.free(block);
        }
    }

    @Test
    void onlyWholePagesAreTaken() {
        MemorySegment around = dirty(MIB);
        try (MemoryKind kind = FixedKinds.create(around.asSlice(100, MIB - 200))) {
            assertThat(kind.capacityBytes()).hasValue(MIB - 2 * 4096);
            List<Long> live = new ArrayList<>();
            for (int i = 0; i < 254; i++) {
                live.add(kind.calloc(1, 4096));
            }
            assertThat(live).doesNotHaveDuplicates();
            assertThat(Pattern.firstNonZero(around.asSlice(4096, MIB - 8192))).isEqualTo(-1);
            assertThat(around.asSlice(0, 4096).mismatch(around.asSlice(MIB - 4096)))
                    .isEqualTo(-1);
            assertThat(around.get(java.lang.foreign.ValueLayout.JAVA_BYTE, 4095))
                    .isEqualTo((byte) 0xFF);
        }
    }

    @Test
    void segmentsAreSlicesOfTheCallers() {
        MemorySegment memory = dirty(MIB);
        try (MemoryKind kind = FixedKinds.create(memory, "slab of mine")) {
            MemorySegment block = kind.allocate(1000, 64);
            assertThat(kind).hasToString("slab of mine");
            assertThat(block.byteSize()).isEqualTo(1000);
            assertThat(block.scope()).isEqualTo(memory.scope());
            assertThat(Pattern.firstNonZero(block)).isEqualTo(-1);
            assertThat(memory.asOverlappingSlice(block)).isPresent();
            kind.free(block);
            assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> kind.free(block));
        }
    }

    @Test
    void zeroedMemoryIsZeroWhereMemoryWasDirty() {
        try (MemoryKind kind = FixedKinds.create(dirty(8 * MIB))) {
            for (long size : new long[] {1, 100, 5000, 32 << 10, 100_000, MIB, 3 * MIB}) {
                long block = kind.calloc(1, size);
                assertThat(Pattern.firstNonZero(block, size))
                        .as("calloc of %d", size)
                        .isEqualTo(-1);
                Pattern.at(block, size).fill((byte) -1);
                kind.free(block);
            }
        }
    }

    @Test
    void theNumbersOfTheExamples() {
        try (MemoryKind kind = FixedKinds.create(dirty(32 * MIB))) {
            assertThat(List.of(kind.malloc(512), kind.malloc(8 * MIB), kind.malloc(16 * MIB)))
                    .doesNotHaveDuplicates();
            assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> kind.malloc(16 * MIB));
        }
        try (MemoryKind kind = FixedKinds.create(dirty(64 << 10))) {
            for (int i = 0; i < 64; i++) {
                assertThat(kind.malloc(1024)).isPositive();
            }
            assertThatExceptionOfType(KindExhaustedException.class)
                    .isThrownBy(() -> kind.malloc(1024))
                    .withMessageContaining("limit 65536 bytes");
        }
    }

    /* The C library never reuses freed space in another size: its 48 MiB fail, and 52 blocks are all that fit. */
    @Test
    void freedSpaceIsWholeAgain() {
        try (MemoryKind kind = FixedKinds.create(dirty(64 * MIB))) {
            for (int round = 0; round < 3; round++) {
                List<Long> live = new ArrayList<>();
                for (int i = 0; i < 64; i++) {
                    live.add(kind.malloc(MIB));
                }
                assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> kind.malloc(1));
                for (int i = 0; i < 64; i += 2) {
                    kind.free(live.get(i));
                }
                assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> kind.malloc(2 * MIB));
                for (int i = 1; i < 64; i += 2) {
                    kind.free(live.get(i));
                }
                kind.free(kind.malloc(48 * MIB));
                kind.free(kind.malloc(64 * MIB));
            }
        }
    }

    @Test
    void aBlockOfASmallAreaNeedsNoWholeSlab() {
        try (MemoryKind kind = FixedKinds.create(dirty(64 << 10))) {
            long first = kind.malloc(28_000);
            long second = kind.memalign(4096, 28_000);
            assertThat(second).isNotEqualTo(first);
            Pattern.fill(first, 28_000, 1);
            Pattern.fill(second, 28_000, 2);
            assertThat(Pattern.firstDamage(first, 28_000, 1)).isEqualTo(-1);
            assertThat(kind.realloc(first, 20_000)).isPositive();
            kind.free(second);
        }
    }

    @Test
    void alignedBlocksFindTheLastPieceThatFits() {
        MemorySegment memory = arena.allocate(4 * MIB, 2 * MIB);
        try (MemoryKind kind = FixedKinds.create(memory)) {
            long low = kind.memalign(2 * MIB, 2 * MIB);
            long high = kind.memalign(2 * MIB, 2 * MIB);
            assertThat(Math.abs(high - low)).isEqualTo(2 * MIB);
            kind.free(high);
            assertThat(kind.memalign(2 * MIB, 2 * MIB)).isEqualTo(high);
        }
    }

    /* As the first request, when the segment is not yet divided, and later. */
    @Test
    void anAlignmentThatNoPieceHasIsRefusedAndChangesNothing() {
        long all = 1L << 46;
        for (long byteSize : new long[] {64 << 10, MIB, 8 * MIB}) {
            MemorySegment aligned = arena.allocate(byteSize + 2 * MIB, 2 * MIB);
            MemorySegment memory = aligned.asSlice(4096, byteSize);
            try (MemoryKind kind = FixedKinds.create(memory)) {
                for (int round = 0; round < 2; round++) {
                    for (long alignment = 16 * MIB; alignment <= all; alignment *= 4) {
                        long refused = alignment;
                        if (memory.address() + byteSize - 4096 < (memory.address() + refused - 1 & -refused)) {
                            assertThatExceptionOfType(KindExhaustedException.class)
                                    .isThrownBy(() -> kind.memalign(refused, 4096))
                                    .withMessageContaining("no free piece of that size and alignment");
                        }
                    }
                    long whole = kind.memalign(4096, byteSize);
                    assertThat(whole).isEqualTo(memory.address());
                    kind.free(whole);
                    kind.trim(); // the thread has the block at hand
                    assertThat(kind.statistics().activeBytes()).isZero();
                }
            }
        }
    }

    @Test
    void aMappedFileKeepsWhatBlocksHold(@TempDir Path directory) throws IOException {
        Path file = directory.resolve("memory");
        long offset;
        try (Arena mapping = Arena.ofShared();
                FileChannel channel = FileChannel.open(
                        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment memory = channel.map(FileChannel.MapMode.READ_WRITE, 0, MIB, mapping);
            try (MemoryKind kind = FixedKinds.create(memory)) {
                MemorySegment block = kind.allocateFrom("written through a kind");
                offset = block.address() - memory.address();
            }
        }
        byte[] content = Files.readAllBytes(file);
        assertThat(new String(content, (int) offset, 22, java.nio.charset.StandardCharsets.UTF_8))
                .isEqualTo("written through a kind");
    }

    @Test
    void sharedMemoryIsSharedByTwoMappings(@TempDir Path directory) throws IOException {
        Path file = Files.createTempFile(TestDirectories.inMemory(), "memkind", ".shared");
        try (Arena mappings = Arena.ofShared();
                FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            MemorySegment one = channel.map(FileChannel.MapMode.READ_WRITE, 0, MIB, mappings);
            MemorySegment two = channel.map(FileChannel.MapMode.READ_WRITE, 0, MIB, mappings);
            try (MemoryKind kind = FixedKinds.create(one)) {
                MemorySegment block = kind.allocateFrom("seen by both");
                assertThat(two.getString(block.address() - one.address())).isEqualTo("seen by both");
            }
        } finally {
            Files.delete(file);
        }
        assertThat(directory).isEmptyDirectory();
    }
}
