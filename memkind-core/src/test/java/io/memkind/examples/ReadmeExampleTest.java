package io.memkind.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README compiles without a warning and does what its comments say. */
class ReadmeExampleTest {
    @TempDir
    Path directory;

    @Test
    void compilesAndRuns() throws Exception {
        String example = DocumentExamples.of("README.md").get(0);
        assertThat(example.lines().count()).isLessThanOrEqualTo(18);

        assertThat(new DocumentExamples(directory).run(example))
                .contains("Placement[residentBytes=")
                .contains("off-heap");
    }
}
