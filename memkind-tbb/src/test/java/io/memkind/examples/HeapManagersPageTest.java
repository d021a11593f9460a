package io.memkind.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.memkind.tbb.NeedsTbb;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** The example of docs/heap-managers.md compiles without a warning and prints what its comments say. */
@ExtendWith(NeedsTbb.class)
class HeapManagersPageTest {
    @TempDir
    Path directory;

    @Test
    void compilesAndRuns() throws Exception {
        List<String> examples = DocumentExamples.of("docs/heap-managers.md");
        assertThat(examples).hasSize(1);
        assertThat(new DocumentExamples(directory).run(examples.get(0))).isEqualTo("true\nrefused\n");
    }
}
