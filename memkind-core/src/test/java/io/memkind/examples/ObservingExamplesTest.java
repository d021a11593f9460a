package io.memkind.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The examples of docs/observing.md compile without a warning and print what their comments say. */
class ObservingExamplesTest {
    @TempDir
    Path directory;

    @Test
    void compileAndRun() throws Exception {
        List<String> examples = DocumentExamples.of("docs/observing.md");
        DocumentExamples runner = new DocumentExamples(directory);
        assertThat(examples).hasSize(3);
        assertThat(runner.run(examples.get(0)))
                .startsWith("33554432 bytes in live blocks\n")
                .contains("{\"memkind\":{\"kinds\":[{\"name\":\"memkind_default\"");
        assertThat(runner.run(examples.get(1))).contains("memkind_default ").contains("index 0 of 1073741824\n");
        assertThat(runner.run(examples.get(2))).matches("(?s).*io\\.memkind\\.AllocationSample of \\d{6,} bytes\n.*");
    }
}
