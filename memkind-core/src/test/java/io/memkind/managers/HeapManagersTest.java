package io.memkind.managers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.memkind.FileKinds;
import io.memkind.FixedKinds;
import io.memkind.InvalidAddressException;
import io.memkind.KindExhaustedException;
import io.memkind.KindUnavailableException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import io.memkind.TestDirectories;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a kind gets another heap manager, and what the library makes of a manager's failures. */
class HeapManagersTest {
    private static MemoryKind open() {
        return MemoryKind.builder(Kinds.DEFAULT)
                .name("faulty")
                .heapManager("faulty")
                .limitBytes(16 << 20)
                .build();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nobody", "", " ", "tbbb"})
    void anUnknownNameIsRefusedWithThoseThatAreAccepted(String name) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MemoryKind.builder(Kinds.DEFAULT).heapManager(name))
                .withMessageContaining("\"" + name + "\"")
                .withMessageContaining("memkind, jemalloc, Faulty, absent")
                .withMessageContaining("memkind-tbb.jar");
    }

    @Test
    void aManagerThatLacksItsLibrarySaysWhatToInstall() {
        assertThatExceptionOfType(KindUnavailableException.class)
                .isThrownBy(() -> FileKinds.builder(TestDirectories.inMemory()).heapManager("ABSENT"))
                .withMessageContaining(
                        "absent cannot be used: libabsent.so.1 is missing; install the package libabsent1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"memkind", "JEMALLOC"})
    void theOwnHeapHasANameToo(String name) {
        try (MemoryKind kind =
                MemoryKind.builder(Kinds.DEFAULT).heapManager(name).build()) {
            long block = kind.malloc(100);
            assertThat(kind.statistics().sizeClasses()).hasSize(1);
            kind.free(block);
        }
    }

    @Test
    void memoryOfTheCallerHasTheOwnHeapOnly() {
        try (Arena arena = Arena.ofShared()) {
            MemorySegment memory = arena.allocate(1 << 20, 4096);
            try (MemoryKind fixed = FixedKinds.create(memory)) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> MemoryKind.builder(fixed).heapManager("faulty"))
                        .withMessageContaining(fixed.name());
            }
        }
    }

    @Test
    void aManagerThatHasNoRoomIsNamed() {
        try (MemoryKind kind = open()) {
            long block = kind.malloc(100);
            FaultyManager.last.refuses = true;
            assertThatExceptionOfType(KindExhaustedException.class)
                    .isThrownBy(() -> kind.malloc(100))
                    .withMessageContaining("the heap manager Faulty has no room");
            assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> kind.realloc(block, 1 << 20));
            assertThat(kind.usableSize(block)).isEqualTo(65_536);
            assertThat(kind.realloc(block, 10))
                    .as("shrunk where nothing can move")
                    .isEqualTo(block);
            FaultyManager.last.refuses = false;
            kind.free(kind.realloc(block, 1 << 20));
            assertThat(kind.statistics().allocatedBytes()).isZero();
        }
    }

    @Test
    void theReasonOfTheKindReachesTheCallerThroughTheManager() {
        try (MemoryKind kind = open()) {
            assertThatExceptionOfType(KindExhaustedException.class)
                    .isThrownBy(() -> kind.malloc(20 << 20))
                    .withMessageContaining("the limit of 16777216 bytes is reached");
            assertThat(FaultyManager.last.givenBack.get())
                    .as("asked to give back, with nothing live")
                    .isPositive();
        }
    }

    @Test
    void theManagerNeverSeesABadAddress() {
        try (MemoryKind kind = open()) {
            long block = kind.malloc(100);
            kind.free(block);
            for (long bad : new long[] {block, block + 8, 16, -1}) {
                assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> kind.free(bad));
                assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> kind.realloc(bad, 10));
                assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> kind.usableSize(bad));
            }
        }
    }

    @Test
    void aManagerThatBindsToThreadsIsCalledByPlatformThreads() throws Exception {
        try (MemoryKind kind = open()) {
            Thread thread = Thread.ofVirtual().start(() -> {
                kind.free(kind.malloc(100));
                assertThatExceptionOfType(KindExhaustedException.class)
                        .isThrownBy(() -> kind.malloc(20 << 20))
                        .withMessageContaining("the limit of 16777216 bytes is reached");
            });
            thread.join();
            assertThat(FaultyManager.last.givenBack.get()).isPositive();
            assertThat(FaultyManager.last.calledByVirtualThread).isFalse();
        }
    }

    @Test
    void memoryThatTheManagerStillTouchesStaysMapped() {
        MemoryKind kind = open();
        long block = kind.malloc(100);
        FaultyManager.last.isTouchedAtClose = true;
        kind.close();
        kind.close();
        assertThat(kind.statistics().mappedBytes()).isPositive();
        assertThatIllegalStateException().isThrownBy(() -> kind.malloc(100));
        assertThatExceptionOfType(InvalidAddressException.class).isThrownBy(() -> kind.free(block));
    }

    @Test
    void aKindThatWasNeverUsedIsClosed() {
        MemoryKind kind = open();
        kind.close();
        kind.close();
        assertThatIllegalStateException().isThrownBy(() -> kind.malloc(100));
        assertThatIllegalStateException().isThrownBy(() -> kind.calloc(1, 100));
    }
}
