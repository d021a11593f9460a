package io.memkind.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.InvalidAddressException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A kind that is closed while others use it fails in them, and damages nothing. */
@Timeout(120)
class CloseInUseTest {
    @Test
    void endsEveryThreadWithAnException() throws Exception {
        for (int round = 0; round < 40; round++) {
            MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT).build();
            long[] kept = new long[100];
            for (int i = 0; i < kept.length; i++) {
                kept[i] = Kinds.DEFAULT.malloc(100);
                Memory.ALL.asSlice(kept[i], 100).fill((byte) i);
            }
            List<Boolean> ended = Workers.run(4, Thread.ofPlatform(), i -> {
                if (i == 0) {
                    Thread.sleep(2);
                    kind.close();
                    return true;
                }
                return useUntilItFails(kind, 20L << i);
            });
            assertThat(ended).containsOnly(true);
            for (int i = 0; i < kept.length; i++) {
                assertThat(Memory.ALL.asSlice(kept[i], 100).toArray(java.lang.foreign.ValueLayout.JAVA_BYTE))
                        .containsOnly((byte) i);
                Kinds.DEFAULT.free(kept[i]);
            }
        }
    }

    /* calloc, allocate and realloc write to the blocks themselves: an unmapped page under them would end the process. */
    @ParameterizedTest
    @ValueSource(longs = {24, 3000, 30_000, 200_000, 3_000_000})
    void waitsForThoseThatWrite(long byteSize) throws Exception {
        for (int round = 0; round < 60; round++) {
            MemoryKind kind = MemoryKind.builder(Kinds.DEFAULT).build();
            /* Not a virtual thread: those that are busy would keep it from ever running. */
            Thread closer = Thread.ofPlatform().start(() -> {
                LockSupport.parkNanos(1_000_000);
                kind.close();
            });
            List<Boolean> ended = Workers.run(
                    3,
                    round % 2 == 0 ? Thread.ofPlatform() : Thread.ofVirtual(),
                    i -> writeUntilItFails(kind, byteSize));
            closer.join();
            assertThat(ended).containsOnly(true);
        }
    }

    private static boolean writeUntilItFails(MemoryKind kind, long byteSize) {
        while (true) {
            try {
                long block = kind.calloc(1, byteSize);
                block = kind.realloc(block, 2 * byteSize);
                block = kind.realloc(block, 64 + byteSize / 8);
                kind.free(kind.allocate(byteSize, 64));
                kind.free(block);
            } catch (IllegalStateException | InvalidAddressException e) {
                return true;
            }
        }
    }

    private static boolean useUntilItFails(MemoryKind kind, long byteSize) {
        while (true) {
            try {
                long small = kind.malloc(byteSize);
                long large = kind.malloc(1000 * byteSize);
                kind.free(small);
                kind.free(large);
            } catch (IllegalStateException | InvalidAddressException e) {
                return true;
            }
        }
    }
}
