package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import org.junit.jupiter.api.Test;

final class DemoCommandTest {
    @Test
    void showsAllItsParts() {
        String out = CommandRun.of("demo").done().out();
        assertThat(out)
                .contains("1. The memory of this machine", "node", "huge pages", "transparent huge pages: ")
                .contains("2. A first allocation on each kind", "node 0: ", "0x")
                .contains("3. A recorded program, every byte verified", "2070363 calls", "found unchanged")
                .contains("4. What the heap looked like", "allocated", "resident", "after trim", "block size");
        for (MemoryKind kind : Kinds.all()) {
            assertThat(out).contains(kind.name());
        }
    }
}
