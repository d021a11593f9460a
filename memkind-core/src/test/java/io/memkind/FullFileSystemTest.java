package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** File kinds on real file systems that fill up, and on one without fallocate and holes. */
class FullFileSystemTest {
    private static final long MIB = 1L << 20;
    private static final long[] SIZES = {100, 3_000, 20_000, 70_000, 1_500_000};

    private static MountedFileSystem orSkip(Optional<MountedFileSystem> mounted) {
        Assumptions.assumeTrue(mounted.isPresent(), "cannot mount a file system here");
        return mounted.orElseThrow();
    }

    @Test
    void aFullTmpfsIsAnException() {
        try (MountedFileSystem mounted = orSkip(MountedFileSystem.tmpfs(24 * MIB))) {
            fillsAndEmpties(mounted);
        }
    }

    @Test
    void aFullExt4IsAnException() {
        try (MountedFileSystem mounted = orSkip(MountedFileSystem.ext4(48 * MIB))) {
            fillsAndEmpties(mounted);
        }
    }

    /* Every byte of every block is written while the file system is full: without a reservation that would be SIGBUS. */
    private static void fillsAndEmpties(MountedFileSystem mounted) {
        long free = mounted.usableBytes();
        MemoryKind kind = FileKinds.create(mounted.directory(), 0);
        try {
            for (int round = 0; round < 4; round++) {
                Random random = Seeds.random(round);
                List<long[]> live = new ArrayList<>();
                assertThatExceptionOfType(KindExhaustedException.class)
                        .isThrownBy(() -> {
                            while (live.size() < 1_000_000) {
                                long size = SIZES[random.nextInt(SIZES.length)];
                                live.add(new long[] {kind.malloc(size), size});
                            }
                        })
                        .withMessageContaining("ENOSPC (no space left on device)")
                        .withMessageContaining(mounted.directory().toString());
                live.forEach(block -> Pattern.fill(block[0], block[1], block[0]));
                live.forEach(block -> assertThat(Pattern.firstDamage(block[0], block[1], block[0]))
                        .isEqualTo(-1));
                long bytes = live.stream().mapToLong(block -> block[1]).sum();
                assertThat(bytes).as("bytes in round %d", round).isGreaterThan(free * 3 / 4);
                live.forEach(block -> kind.free(block[0]));
                kind.trim();
                assertThat(mounted.usableBytes()).as("free after trim").isGreaterThan(free * 98 / 100);
            }
            Pattern.fill(kind.malloc(8 * MIB), 8 * MIB, 1);
            assertThat(mounted.usableBytes()).isLessThan(free - 7 * MIB);
        } finally {
            kind.close();
        }
        assertThat(mounted.usableBytes()).as("free after close").isGreaterThan(free * 98 / 100);
    }

    /* By the file system's own count: it is not enough that pages are no longer in memory. */
    @Test
    void aConservativeKindGivesTheSpaceBackInTheVeryFree() {
        for (Optional<MountedFileSystem> fileSystem :
                List.of(MountedFileSystem.tmpfs(24 * MIB), MountedFileSystem.ext4(24 * MIB))) {
            try (MountedFileSystem mounted = orSkip(fileSystem);
                    MemoryKind kind = FileKinds.builder(mounted.directory())
                            .memoryUsagePolicy(MemoryUsagePolicy.CONSERVATIVE)
                            .build()) {
                kind.free(kind.malloc(1));
                long free = mounted.usableBytes();
                for (long size : new long[] {100_000, MIB, 5 * MIB}) {
                    long block = kind.malloc(size);
                    Pattern.fill(block, size, 1);
                    assertThat(mounted.usableBytes()).as("with %d bytes", size).isLessThanOrEqualTo(free - size);
                    kind.free(block);
                    assertThat(mounted.usableBytes())
                            .as("without %d bytes", size)
                            .isGreaterThan(free - 64 * 1024);
                }
            }
        }
    }

    @Test
    void twoKindsOnOneFileSystemLeaveEachOtherWhatTheyFree() {
        try (MountedFileSystem mounted = orSkip(MountedFileSystem.tmpfs(24 * MIB));
                MemoryKind first = FileKinds.create(mounted.directory(), 0);
                MemoryKind second = FileKinds.create(mounted.directory(), 0)) {
            long block = first.malloc(16 * MIB);
            assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> second.malloc(16 * MIB));
            first.free(block);
            first.trim();
            Pattern.fill(second.malloc(16 * MIB), 16 * MIB, 1);
            assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> first.malloc(16 * MIB));
        }
    }

    @Test
    void aFileSystemWithoutFallocateAndHolesKeepsTheSpaceForReuse() {
        try (MountedFileSystem mounted = orSkip(MountedFileSystem.ramfs())) {
            for (long limit : new long[] {0, 32 * MIB, 1L << 47, Long.MAX_VALUE}) {
                for (MemoryUsagePolicy policy : MemoryUsagePolicy.values()) {
                    try (MemoryKind kind = FileKinds.builder(mounted.directory())
                            .limitBytes(limit)
                            .memoryUsagePolicy(policy)
                            .build()) {
                        useUpAndAgain(kind);
                    }
                }
            }
        }
    }

    private static void useUpAndAgain(MemoryKind kind) {
        for (long size : new long[] {1_000, 40_000, 300_000, 3 * MIB, 1_000}) {
            List<Long> live = new ArrayList<>();
            for (long bytes = 0; bytes + size < 25 * MIB; bytes += size) {
                long block = kind.calloc(1, size);
                assertThat(Pattern.firstNonZero(block, size)).isEqualTo(-1);
                Pattern.fill(block, size, size);
                live.add(block);
            }
            assertThat(kind.residentBytes()).isLessThan(64 * MIB);
            live.forEach(
                    block -> assertThat(Pattern.firstDamage(block, size, size)).isEqualTo(-1));
            live.forEach(kind::free);
            kind.trim();
            assertThat(kind.statistics().allocatedBytes()).isZero();
        }
    }
}
