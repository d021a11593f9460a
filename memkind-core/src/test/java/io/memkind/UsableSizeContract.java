package io.memkind;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** All of a block's usable size may be written. */
interface UsableSizeContract extends KindSubject {
    @Test
    default void allUsableBytesAreWritableWithoutDamageToNeighbours() {
        List<Long> live = new ArrayList<>();
        for (long size : SIZES) {
            for (int i = 0; i < (size > 1 << 20 ? 2 : 20); i++) {
                live.add(kind().malloc(size));
                assertThat(kind().usableSize(live.getLast())).isGreaterThanOrEqualTo(size);
            }
        }
        for (long block : live) {
            Pattern.fill(block, kind().usableSize(block), block);
        }
        for (long block : live) {
            assertThat(Pattern.firstDamage(block, kind().usableSize(block), block))
                    .isEqualTo(-1);
        }
        live.forEach(kind()::free);
        assertNothingLeft();
    }

    @Test
    default void aBlockIsFreedByAnySizeUpToItsUsableSize() {
        for (long size : SIZES) {
            long whole = kind().malloc(size);
            kind().free(whole, kind().usableSize(whole));
            kind().free(kind().malloc(size), size);
            kind().free(kind().malloc(size), 0);
        }
        assertNothingLeft();
    }
}
