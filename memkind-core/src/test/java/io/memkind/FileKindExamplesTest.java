package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The examples of the C library about several kinds and several threads, with their numbers. */
class FileKindExamplesTest {
    private static final long MIB = 1L << 20;
    private static final int THREADS = 10;

    private static MemoryKind open(long limitBytes) {
        return FileKinds.create(TestDirectories.inMemory(), limitBytes);
    }

    @Test
    void tenThreadsWithKindsOfTheirOwn() {
        Workers.run(THREADS, worker -> {
            try (MemoryKind kind = open(32 * MIB)) {
                long[] blocks = {kind.malloc(512), kind.malloc(8 * MIB), kind.malloc(16 * MIB)};
                long[] sizes = {512, 8 * MIB, 16 * MIB};
                for (int i = 0; i < blocks.length; i++) {
                    Pattern.fill(blocks[i], sizes[i], worker + i);
                }
                assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> kind.malloc(16 * MIB));
                for (int i = 0; i < blocks.length; i++) {
                    assertThat(Pattern.firstDamage(blocks[i], sizes[i], worker + i))
                            .isEqualTo(-1);
                    kind.free(blocks[i]);
                }
            }
        });
    }

    @Test
    void tenThreadsWithAHundredIntegersEachInOneKind() {
        try (MemoryKind kind = open(0)) {
            Set<Long> all = ConcurrentHashMap.newKeySet();
            Workers.run(THREADS, worker -> {
                List<Long> own = new ArrayList<>();
                for (int i = 0; i < 100; i++) {
                    long block = kind.malloc(Integer.BYTES);
                    Pattern.fill(block, Integer.BYTES, block);
                    own.add(block);
                }
                all.addAll(own);
                own.forEach(block -> assertThat(Pattern.firstDamage(block, Integer.BYTES, block))
                        .isEqualTo(-1));
            });
            assertThat(all).hasSize(THREADS * 100);
            all.forEach(kind::free);
            TestKinds.assertEmpty(kind);
        }
    }

    @Test
    void aThousandBlocksAreToldApartByTheirKind() {
        try (MemoryKind kind = open(0)) {
            List<Long> blocks = IntStream.range(0, 1000)
                    .mapToObj(i -> (i % 2 == 0 ? Kinds.DEFAULT : kind).malloc(512))
                    .toList();
            int grown = 0;
            for (long block : blocks) {
                MemoryKind owner = MemoryKind.detect(block).orElseThrow();
                long now = block;
                if (owner == kind) {
                    Pattern.fill(block, 512, block);
                    now = kind.realloc(block, 2048);
                    assertThat(Pattern.firstDamage(now, 512, block)).isEqualTo(-1);
                    grown++;
                }
                assertThat(owner.usableSize(now)).isEqualTo(owner == kind ? 2048 : 512);
                owner.free(now);
            }
            assertThat(grown).isEqualTo(500);
            TestKinds.assertEmpty(kind);
        }
    }

    @Test
    void aBlockFreedByDetectionMakesRoomInItsOwnKindOnly() {
        List<MemoryKind> kinds = new ArrayList<>();
        List<List<Long>> blocks = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            MemoryKind kind = open(16 * MIB);
            List<Long> own = new ArrayList<>();
            assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> {
                while (own.size() < 100) {
                    own.add(kind.malloc(MIB));
                }
            });
            assertThat(own).hasSize(16);
            kinds.add(kind);
            blocks.add(own);
        }
        for (int i = 0; i < kinds.size(); i++) {
            long block = blocks.get(i).get(i);
            MemoryKind.detect(block).orElseThrow().free(block);
            for (MemoryKind other : kinds) {
                if (other != kinds.get(i)) {
                    assertThatExceptionOfType(KindExhaustedException.class).isThrownBy(() -> other.malloc(MIB));
                }
            }
            assertThat(kinds.get(i).malloc(MIB)).isPositive();
        }
        kinds.forEach(MemoryKind::close);
    }
}
