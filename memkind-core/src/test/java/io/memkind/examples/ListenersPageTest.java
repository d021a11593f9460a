package io.memkind.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/listeners.md compile without a warning and print what their comments say. */
class ListenersPageTest {
    @TempDir
    Path directory;

    @Test
    void compileAndRun() throws Exception {
        List<String> examples = DocumentExamples.of("docs/listeners.md");
        DocumentExamples runner = new DocumentExamples(directory);
        assertThat(examples).hasSize(2);
        assertThat(runner.run(examples.get(0)))
                .startsWith("MALLOC of memkind_default, 100 bytes\nFREE of memkind_default at 0x");
        assertThat(runner.run(examples.get(1))).isEqualTo("memkind_regular\ntrue\n");
    }
}
