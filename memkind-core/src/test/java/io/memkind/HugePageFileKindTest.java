package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** File kinds on hugetlbfs, where there are sixteen pages for them. */
@ExtendWith(HugePages.class)
@HugePages.Needed(byteSize = 2 << 20, count = 16)
class HugePageFileKindTest {
    private static final long MIB = 1L << 20;

    @Test
    void theMemoryIsOfHugePagesAndTheirEndIsAnException() {
        Optional<MountedFileSystem> fileSystem = MountedFileSystem.hugetlbfs();
        Assumptions.assumeTrue(fileSystem.isPresent(), "cannot mount a file system here");
        try (MountedFileSystem mounted = fileSystem.orElseThrow();
                MemoryKind kind = FileKinds.create(mounted.directory(), 0)) {
            assertThat(kind.pageByteSize()).isEqualTo(2 * MIB);
            assertThat(FileKinds.isSyncMapped(kind)).isFalse();
            assertThat(FileKinds.checkDaxPath(mounted.directory()).available()).isFalse();
            for (int round = 0; round < 3; round++) {
                List<long[]> live = new ArrayList<>();
                assertThatExceptionOfType(KindExhaustedException.class)
                        .isThrownBy(() -> {
                            for (long size = 100; live.size() < 10_000; size = size * 3 % 3_000_001) {
                                long block = kind.calloc(1, size);
                                assertThat(Pattern.firstNonZero(block, size)).isEqualTo(-1);
                                live.add(new long[] {block, size});
                            }
                        })
                        .withMessageContaining("ENOSPC");
                live.forEach(block -> Pattern.fill(block[0], block[1], block[0]));
                live.forEach(block -> assertThat(Pattern.firstDamage(block[0], block[1], block[0]))
                        .isEqualTo(-1));
                assertThat(live.stream().mapToLong(block -> block[1]).sum()).isGreaterThan(16 * MIB);
                live.forEach(block -> kind.free(block[0]));
                kind.trim();
                assertThat(kind.residentBytes()).isZero();
            }
            long aligned = kind.memalign(8 * MIB, 100);
            assertThat(aligned % (8 * MIB)).isZero();
            Pattern.fill(aligned, 100, 1);
            kind.free(aligned);
        }
    }

    @Test
    void aLimitIsOfWholePages() {
        Optional<MountedFileSystem> fileSystem = MountedFileSystem.hugetlbfs();
        Assumptions.assumeTrue(fileSystem.isPresent(), "cannot mount a file system here");
        try (MountedFileSystem mounted = fileSystem.orElseThrow();
                MemoryKind kind = FileKinds.builder(mounted.directory())
                        .limitBytes(16 * MIB)
                        .memoryUsagePolicy(MemoryUsagePolicy.CONSERVATIVE)
                        .build()) {
            for (int round = 0; round < 3; round++) {
                List<Long> live = new ArrayList<>();
                for (int i = 0; i < 8; i++) {
                    long block = kind.malloc(2 * MIB);
                    Pattern.fill(block, 2 * MIB, i);
                    live.add(block);
                }
                assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> kind.malloc(1));
                live.forEach(kind::free);
                assertThat(kind.residentBytes()).isZero();
            }
        }
    }
}
