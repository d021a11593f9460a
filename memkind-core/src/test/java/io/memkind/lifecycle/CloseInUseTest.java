package io.memkind.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.InvalidAddressException;
import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

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
