package io.memkind.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.Kinds;
import io.memkind.MemoryKind;
import java.util.List;
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

    @Test
    void cpusAreWrittenAsTheKernelDoes() {
        assertThat(DemoMachine.ranges(List.of(0, 1, 2, 3, 8, 10, 11))).isEqualTo("0-3,8,10-11");
        assertThat(DemoMachine.ranges(List.of(300, 301))).isEqualTo("300-301");
        assertThat(DemoMachine.ranges(List.of(5))).isEqualTo("5");
        assertThat(DemoMachine.ranges(List.of())).isEqualTo("none");
    }
}
