package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.foreign.Arena;
import org.junit.jupiter.api.Test;

/** detect finds the kind that owns an address. */
interface DetectContract extends KindSubject {
    @Test
    default void everyByteOfALiveBlockBelongsToItsKind() {
        for (long size : SIZES) {
            long block = kind().malloc(size);
            long usable = kind().usableSize(block);
            for (long offset : new long[] {0, 1, 8, usable / 3, usable / 2, usable - 1}) {
                if (offset < usable) {
                    assertThat(MemoryKind.detect(block + offset))
                            .as("byte %d of %d", offset, size)
                            .containsSame(kind());
                }
            }
            kind().free(block);
            for (long offset : new long[] {0, usable / 2, usable - 1}) {
                assertThat(MemoryKind.detect(block + offset))
                        .as("freed byte %d of %d", offset, size)
                        .isEmpty();
            }
        }
    }

    @Test
    default void foreignAddressesBelongToNoKind() {
        assertThat(kind().malloc(10)).isPositive();
        for (long address : new long[] {0, 1, -1, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 46, (1L << 47) - 16}) {
            assertThat(MemoryKind.detect(address)).isEmpty();
        }
        assertThat(MemoryKind.detect(Arena.global().allocate(64).address())).isEmpty();
    }

    @Test
    default void bytesBehindAShrunkBlockBelongToNoKind() {
        long block = kind().malloc(4 << 20);
        long shrunk = kind().realloc(block, 1 << 20);
        assertThat(MemoryKind.detect(shrunk + (1 << 20) - 1)).containsSame(kind());
        assertThat(MemoryKind.detect(shrunk + (1 << 20))).isEmpty();
        assertThat(MemoryKind.detect(shrunk + (3 << 20))).isEmpty();
    }
}
