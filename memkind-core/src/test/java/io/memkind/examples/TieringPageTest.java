package io.memkind.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the page about tiers compiles without a warning and prints what the page says. */
class TieringPageTest {
    @TempDir
    Path directory;

    @Test
    void compilesAndRuns() throws Exception {
        String example = DocumentExamples.of("docs/tiering.md").get(0);

        assertThat(new DocumentExamples(directory).run(example).lines())
                .containsExactly(
                        "memkind_default: 20 blocks, 20000 bytes",
                        "memkind_regular: 80 blocks, 80000 bytes",
                        "in tier 1, of tiered(memkind_default:1,memkind_regular:4)");
    }
}
