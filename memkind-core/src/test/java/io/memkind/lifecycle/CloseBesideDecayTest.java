package io.memkind.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Kinds come and go while the decay thread looks through their shards; a late look would crash the process. */
@Timeout(60)
class CloseBesideDecayTest {
    @Test
    void theDecayThreadNeverMeetsAClosedKind() {
        MemoryKind[] open = new MemoryKind[8];
        for (int i = 0; i < 3000; i++) {
            MemoryKind kind =
                    MemoryKind.builder(Kinds.DEFAULT).decay(Duration.ofNanos(1)).build();
            kind.free(kind.malloc(100));
            int place = i % open.length;
            if (open[place] != null) {
                open[place].close();
            }
            open[place] = kind;
        }
        for (MemoryKind kind : open) {
            assertThat(kind.statistics().allocatedBytes()).isZero();
            kind.close();
        }
    }
}
