package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystemException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What file kinds have beside the contract of all kinds. */
class FileKindTest {
    private static final long MIB = 1L << 20;

    @TempDir
    private Path directory;

    private MemoryKind open(long limitBytes) {
        return FileKinds.create(directory, limitBytes);
    }

    private static void assertExhausted(MemoryKind kind, long byteSize) {
        assertThatExceptionOfType(KindExhaustedException.class)
                .isThrownBy(() -> kind.malloc(byteSize))
                .withMessageContaining("limit");
    }

    @ParameterizedTest
    @CsvSource({
        "16777216, 16777216",
        "16777217, 18874368",
        "18874368, 18874368",
        "33554432, 33554432",
        "9223372036854775807, 9223372036852678656",
        "9223372036852678657, 9223372036852678656"
    })
    void limitsAreRoundedUpToTwoMebibytesAndAreLimitsHoweverLarge(long limit, long rounded) {
        try (MemoryKind kind = open(limit)) {
            assertThat(kind.limitBytes()).hasValue(rounded);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 4096, 16777215, -1, Long.MIN_VALUE})
    void limitsBelowTheLeastAreRefused(long limit) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> open(limit))
                .withMessageContaining(Long.toString(limit))
                .withMessageContaining("16777216 bytes; 0 is no limit");
    }

    @Test
    void theCapacityIsTheLimitOrAllOfTheFileSystem() throws IOException {
        try (MemoryKind limited = open(32 * MIB);
                MemoryKind unlimited = open(0)) {
            assertThat(limited.capacityBytes()).hasValue(32 * MIB);
            assertThat(unlimited.limitBytes()).isEmpty();
            assertThat(unlimited.capacityBytes())
                    .hasValue(Files.getFileStore(directory).getTotalSpace());
        }
    }

    @Test
    void aKindOf32MebibytesHolds8And16ButNotAnother16() {
        try (MemoryKind kind = open(32 * MIB)) {
            assertThat(List.of(kind.malloc(512), kind.malloc(8 * MIB), kind.malloc(16 * MIB)))
                    .doesNotHaveDuplicates();
            assertExhausted(kind, 16 * MIB);
        }
    }

    @Test
    void aKindOf18MebibytesHolds16ButNot2More() {
        try (MemoryKind kind = open(16 * MIB + 4096)) {
            assertThat(kind.limitBytes()).hasValue(18 * MIB);
            long block = kind.malloc(16 * MIB);
            assertThat(kind.malloc(100)).isPositive();
            assertExhausted(kind, 2 * MIB);
            kind.free(block);
            assertThat(kind.malloc(16 * MIB)).isPositive();
        }
    }

    @Test
    void aKindOf16MebibytesIsFilledToTheLastBlock() {
        try (MemoryKind kind = open(16 * MIB)) {
            for (int i = 0; i < 16384; i++) {
                assertThat(kind.malloc(1024)).isPositive();
            }
            assertExhausted(kind, 1024);
            assertExhausted(kind, 1);
        }
    }

    @Test
    void twoBlocksOf32MebibytesFitWithoutALimit() {
        try (MemoryKind kind = open(0)) {
            for (int i = 0; i < 2; i++) {
                long block = kind.malloc(32 * MIB);
                Pattern.fill(block, 32 * MIB, i);
                assertThat(Pattern.firstDamage(block, 32 * MIB, i)).isEqualTo(-1);
            }
        }
    }

    @Test
    void consecutiveBlocksAreNeighboursAtTheirAlignment() {
        try (MemoryKind kind = open(0)) {
            assertThat(-kind.malloc(32) + kind.malloc(32)).isEqualTo(32);
            assertThat(-kind.memalign(64, 32) + kind.memalign(64, 32)).isEqualTo(64);
        }
    }

    @ParameterizedTest
    @CsvSource({"32,32", "31,32", "33,48", "5242880,5242880", "5242881,6291456"})
    void usableSizesAreThoseOfTheExamples(long byteSize, long usableBytes) {
        try (MemoryKind kind = open(0)) {
            assertThat(kind.usableSize(kind.malloc(byteSize))).isEqualTo(usableBytes);
        }
    }

    @Test
    void blocksGrowAndShrinkInPlaceBetween6And10Mebibytes() {
        try (MemoryKind kind = open(16 * MIB)) {
            long block = kind.malloc(6 * MIB);
            long grown = kind.realloc(block, 10 * MIB);
            assertThat(grown).isEqualTo(block);
            Pattern.fill(grown, 10 * MIB, 1);
            assertThat(kind.realloc(grown, 6 * MIB)).isEqualTo(grown);
            assertThat(kind.realloc(grown, 10 * MIB)).isEqualTo(grown);
            assertThat(kind.realloc(grown, 8 * MIB)).isEqualTo(grown);
            assertThat(Pattern.firstDamage(grown, 6 * MIB, 1)).isEqualTo(-1);
            kind.free(kind.malloc(5 * MIB));
        }
    }

    @Test
    void manyKindsAreAliveTogether() {
        List<MemoryKind> kinds = new ArrayList<>(List.of(open(0)));
        for (int i = 0; i < 10; i++) {
            kinds.add(open(32 * MIB));
        }
        assertThat(TestDirectories.openFilesIn(directory)).isEqualTo(11);
        for (MemoryKind kind : kinds) {
            long block = kind.malloc(MIB);
            Pattern.fill(block, MIB, block);
            assertThat(MemoryKind.detect(block)).containsSame(kind);
        }
        kinds.forEach(MemoryKind::close);
        assertThat(TestDirectories.openFilesIn(directory)).isZero();
    }

    @Test
    void createdAndClosed512TimesNothingIsLeft() {
        for (int i = 0; i < 512; i++) {
            try (MemoryKind kind = open(i % 2 == 0 ? 0 : 16 * MIB)) {
                Pattern.fill(kind.malloc(1 + 10 * i), 1 + 10 * i, i);
            }
        }
        assertThat(TestDirectories.openFilesIn(directory)).isZero();
        assertThat(TestDirectories.names(directory)).isEmpty();
    }

    @Test
    void closingGivesTheSpaceOfLiveBlocksBack() {
        MemoryKind kind = open(0);
        Pattern.fill(kind.malloc(4 * MIB), 4 * MIB, 1);
        assertThat(TestDirectories.names(directory)).as("the file has no name").isEmpty();
        assertThat(TestDirectories.openFilesIn(directory)).isEqualTo(1);
        kind.close();
        assertThat(TestDirectories.openFilesIn(directory)).isZero();
        kind.close();
    }

    @Test
    void conservativeKindsGiveMemoryBackInTheVeryFree() {
        try (MemoryKind kind = FileKinds.builder(directory)
                .memoryUsagePolicy(MemoryUsagePolicy.CONSERVATIVE)
                .build()) {
            for (long size : KindSubject.SIZES) {
                long block = kind.malloc(size);
                Pattern.fill(block, size, 1);
                assertThat(kind.residentBytes()).isGreaterThanOrEqualTo(size);
                kind.free(block);
                assertThat(kind.residentBytes()).as("after free of %d", size).isZero();
                assertThat(kind.statistics().dirtyBytes()).isZero();
            }
            long[] others = new long[1];
            Workers.run(1, worker -> others[0] = kind.malloc(1000));
            kind.free(others[0]);
            assertThat(kind.statistics().activeBytes())
                    .as("after a free by another thread")
                    .isZero();
        }
    }

    @Test
    void hogsKeepMemoryUnderEitherPolicy() {
        for (MemoryUsagePolicy policy : MemoryUsagePolicy.values()) {
            try (MemoryKind kind = FileKinds.builder(directory)
                    .memoryUsagePolicy(policy)
                    .hogMemory(true)
                    .build()) {
                long block = kind.malloc(MIB);
                Pattern.fill(block, MIB, 1);
                kind.free(block);
                kind.trim();
                assertThat(kind.residentBytes()).isGreaterThanOrEqualTo(MIB);
            }
        }
    }

    @Test
    void namesTellTheDirectoryUnlessGiven() {
        try (MemoryKind kind = open(0);
                MemoryKind named = FileKinds.builder(directory).name("cache").build()) {
            assertThat(kind.name()).isEqualTo("memkind_file:" + directory);
            assertThat(named).hasToString("cache");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> FileKinds.builder(directory).name(" "));
    }

    @Test
    void aDirectoryThatCannotBeUsedIsNamedWithTheReason() throws IOException {
        Path file = Files.createFile(directory.resolve("file"));
        Path loop = Files.createSymbolicLink(directory.resolve("loop"), Path.of("loop"));
        assertRefused(directory.resolve("missing"), "ENOENT");
        assertRefused(file, "ENOTDIR");
        assertRefused(loop, "ELOOP");
        assertRefused(directory.resolve("x".repeat(300)), "ENAMETOOLONG");
        assertRefused(Path.of("/proc/self"), "in /proc/self failed: E");
        Files.delete(file);
        Files.delete(loop);
    }

    private static void assertRefused(Path bad, String reason) {
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> FileKinds.create(bad, 0))
                .withMessageContaining(bad.toString())
                .withMessageContaining(reason)
                .withMessageContaining("Give an existing directory")
                .withCauseInstanceOf(FileSystemException.class);
        assertThatExceptionOfType(UncheckedIOException.class)
                .isThrownBy(() -> FileKinds.checkDaxPath(bad))
                .withMessageContaining(reason);
    }

    @Test
    void anyPathOfADirectoryWillDo() throws IOException {
        Path spaced = Files.createDirectory(directory.resolve("with a space"));
        Path link = Files.createSymbolicLink(directory.resolve("link"), spaced);
        List<Path> paths = new ArrayList<>(List.of(Path.of(""), Path.of("."), Path.of("target"), spaced, link));
        try {
            paths.add(Files.createDirectory(directory.resolve("Zo\u00eb \u2603")));
        } catch (java.nio.file.InvalidPathException e) {
            System.out.println("Skipped in part: " + e.getMessage());
        }
        for (Path path : paths) {
            try (MemoryKind kind = FileKinds.create(path, 0)) {
                Pattern.fill(kind.malloc(100_000), 100_000, 1);
                assertThat(kind.name()).isEqualTo("memkind_file:" + path);
                assertThat(FileKinds.checkDaxPath(path).available()).isEqualTo(FileKinds.isSyncMapped(kind));
            }
        }
    }

    @Test
    void aDirectoryInsideAnArchiveIsRefused() throws IOException {
        try (FileSystem archive = FileSystems.newFileSystem(directory.resolve("a.zip"), Map.of("create", "true"))) {
            Path inside = Files.createDirectory(archive.getPath("/tmp"));
            for (ThrowingCallable call : List.<ThrowingCallable>of(
                    () -> FileKinds.create(inside, 0), () -> FileKinds.checkDaxPath(inside))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(call)
                        .withMessageContaining("/tmp is a path of a jar file system")
                        .withMessageContaining("Path.of");
            }
        }
    }

    @Test
    void aKindOutlivesTheNameOfItsDirectory() throws IOException {
        Path gone = Files.createDirectory(directory.resolve("gone"));
        try (MemoryKind kind = FileKinds.create(gone, 0)) {
            Files.delete(gone);
            Pattern.fill(kind.malloc(50 * MIB), 50 * MIB, 1);
            assertRefused(gone, "ENOENT");
        }
    }

    @Test
    void aDirectoryThatMustNotBeWrittenIsRefused() throws IOException {
        Path readOnly = Files.createDirectory(
                directory.resolve("r"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("r-xr-xr-x")));
        if (Files.isWritable(readOnly)) {
            String reason = "Skipped: permissions do not bind this user; ChildProcessTest has what they refuse";
            System.out.println(reason);
            Assumptions.abort(reason);
        }
        assertRefused(readOnly, "EACCES (permission denied)");
    }

    /* ProcessBuilder closes all descriptors of the child itself; native code that forks and executes may not. */
    @Test
    void aProgramThatIsExecutedDoesNotInheritTheFile() throws IOException {
        long closedByExec = 02000000; // O_CLOEXEC, asm-generic/fcntl.h
        int files = 0;
        try (MemoryKind kind = open(0)) {
            kind.free(kind.malloc(1));
            for (String number : TestDirectories.names(Path.of("/proc/self/fd"))) {
                Path info = Path.of("/proc/self/fdinfo", number);
                if (TestDirectories.isUnnamedFileIn(Path.of("/proc/self/fd", number), directory)) {
                    String flags = Files.readAllLines(info).get(1);
                    assertThat(flags).startsWith("flags:");
                    assertThat(Long.parseLong(flags.substring(6).strip(), 8) & closedByExec)
                            .isEqualTo(closedByExec);
                    files++;
                }
            }
        }
        assertThat(files).isEqualTo(1);
    }

    @Test
    void daxIsReportedAsTheKernelSays() {
        Availability dax = FileKinds.checkDaxPath(directory);
        try (MemoryKind kind = open(0)) {
            assertThat(FileKinds.isSyncMapped(kind)).isEqualTo(dax.available());
        }
        if (!dax.available()) {
            assertThat(dax.reason()).contains(directory.toString(), "MAP_SYNC", "EOPNOTSUPP");
            assertThat(dax.remedy()).contains("dax");
        }
        assertThat(FileKinds.isSyncMapped(Kinds.DEFAULT)).isFalse();
        assertThat(TestDirectories.openFilesIn(directory)).isZero();
    }

    @Test
    void aBuilderOverAFileKindMakesAnotherFile() {
        try (MemoryKind kind = open(16 * MIB);
                MemoryKind other = MemoryKind.builder(kind).build()) {
            assertThat(TestDirectories.openFilesIn(directory)).isEqualTo(2);
            assertThat(other.limitBytes()).isEmpty();
            other.free(other.malloc(32 * MIB));
        }
    }
}
